/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What differs between two trees, line by line of their dumps.
 */
#include "changes.h"

#include <stddef.h>
#include <string.h>

bool changes_read(const char *line, struct change *ret_change)
{
	static const char *const types[] = { " file ",	 " dir ",  " symlink ", " fifo ",
					     " socket ", " char ", " block ",	"  " };
	const char *rest = NULL;
	const char *box = strstr(line, "/box");

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		const char *at = strstr(line, types[i]);

		rest = at && (!rest || at < rest) ? at : rest;
	}
	*ret_change = (struct change){ line[0], line + 1, box ? box + 4 : NULL, rest };
	return box && rest && box < rest;
}

void changes_init(struct changes *c, const struct result *cp, const struct result *ovl)
{
	c->diff = (struct text){ 0 };
	(void)lines_same(&cp->part[PART_TREE], &ovl->part[PART_TREE], &c->diff);
	lines_init(&c->lines, &c->diff, LINES_AS_THEY_ARE);
}

void changes_done(struct changes *c)
{
	lines_done(&c->lines);
	text_done(&c->diff);
}

bool changes_are(const struct result *cp, const struct result *ovl,
		 bool (*is)(const struct change *change))
{
	struct changes c;
	bool all = true;

	changes_init(&c, cp, ovl);
	for (size_t i = 0; i < c.lines.count && all; i++) {
		struct change change;

		all = changes_read(c.lines.line[i], &change) && is(&change);
	}
	all = all && c.lines.count > 0;
	changes_done(&c);
	return all;
}

bool changes_pair(const struct result *cp, const struct result *ovl,
		  bool (*alike)(const struct change *cp, const struct change *ovl),
		  bool (*is)(const struct change *change))
{
	struct changes c;
	bool all = true;
	size_t i = 0;

	changes_init(&c, cp, ovl);
	while (i < c.lines.count && all) {
		struct change a;
		struct change b;
		bool pair = i + 1 < c.lines.count && changes_read(c.lines.line[i], &a) &&
			    changes_read(c.lines.line[i + 1], &b) && a.side != b.side &&
			    a.rest - a.line == b.rest - b.line &&
			    memcmp(a.line, b.line, (size_t)(a.rest - a.line)) == 0;

		if (pair && (a.side == '-' ? alike(&a, &b) : alike(&b, &a))) {
			i += 2;
			continue;
		}
		all = is && changes_read(c.lines.line[i], &a) && is(&a);
		i++;
	}
	all = all && c.lines.count > 0;
	changes_done(&c);
	return all;
}

bool changes_has(const struct result *cp, const struct result *ovl,
		 bool (*is)(const struct change *change))
{
	struct changes c;
	bool any = false;

	changes_init(&c, cp, ovl);
	for (size_t i = 0; i < c.lines.count; i++) {
		struct change change;

		any = any || (changes_read(c.lines.line[i], &change) && is(&change));
	}
	changes_done(&c);
	return any;
}

bool change_is_attribute(const struct change *c)
{
	return strncmp(c->rest, "  ", 2) == 0;
}

bool change_is_same_up_to(const struct change *a, const struct change *b, const char *word)
{
	const char *x = strstr(a->rest, word);
	const char *y = strstr(b->rest, word);

	return x && y && x - a->rest == y - b->rest &&
	       memcmp(a->rest, b->rest, (size_t)(x - a->rest)) == 0;
}
