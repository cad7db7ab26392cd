/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The difference between the trees that two programs left, line by line of their dumps.
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

void changes_init(struct changes *changes, const struct comparison *c)
{
	changes->diff = (struct text){ 0 };
	(void)lines_same(&c->cp->part[PART_TREE], &c->ovl->part[PART_TREE], &changes->diff);
	lines_init(&changes->lines, &changes->diff, LINES_AS_THEY_ARE);
}

void changes_done(struct changes *changes)
{
	lines_done(&changes->lines);
	text_done(&changes->diff);
}

bool changes_all(const struct comparison *c, bool (*is)(const struct change *change))
{
	struct changes changes;
	bool all = true;

	changes_init(&changes, c);
	for (size_t i = 0; i < changes.lines.count && all; i++) {
		struct change change;

		all = changes_read(changes.lines.line[i], &change) && is(&change);
	}
	all = all && changes.lines.count > 0;
	changes_done(&changes);
	return all;
}

/* True if @first and @second are about the same file, and on different sides. */
static bool read_pair(const char *first, const char *second, struct change *ret_first,
		      struct change *ret_second)
{
	return changes_read(first, ret_first) && changes_read(second, ret_second) &&
	       ret_first->side != ret_second->side &&
	       ret_first->rest - ret_first->line == ret_second->rest - ret_second->line &&
	       memcmp(ret_first->line, ret_second->line,
		      (size_t)(ret_first->rest - ret_first->line)) == 0;
}

bool changes_all_pairs(const struct comparison *c,
		       bool (*alike)(const struct change *cp, const struct change *ovl),
		       bool (*is)(const struct change *change))
{
	struct changes changes;
	bool all = true;
	size_t i = 0;

	changes_init(&changes, c);
	while (i < changes.lines.count && all) {
		struct change a;
		struct change b;
		char **line = &changes.lines.line[i];

		if (i + 1 < changes.lines.count && read_pair(line[0], line[1], &a, &b) &&
		    (a.side == '-' ? alike(&a, &b) : alike(&b, &a))) {
			i += 2;
			continue;
		}
		all = is && changes_read(line[0], &a) && is(&a);
		i++;
	}
	all = all && changes.lines.count > 0;
	changes_done(&changes);
	return all;
}

bool changes_any(const struct comparison *c, bool (*is)(const struct change *change))
{
	struct changes changes;
	bool any = false;

	changes_init(&changes, c);
	for (size_t i = 0; i < changes.lines.count; i++) {
		struct change change;

		any = any || (changes_read(changes.lines.line[i], &change) && is(&change));
	}
	changes_done(&changes);
	return any;
}

bool change_is_xattr(const struct change *c)
{
	return strncmp(c->rest, "  ", 2) == 0;
}

bool change_same_up_to(const struct change *a, const struct change *b, const char *word)
{
	const char *x = strstr(a->rest, word);
	const char *y = strstr(b->rest, word);

	return x && y && x - a->rest == y - b->rest &&
	       memcmp(a->rest, b->rest, (size_t)(x - a->rest)) == 0;
}
