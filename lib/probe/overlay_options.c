/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The grammar of overlay options, as the kernel lists them in mountinfo.
 *
 * There are two levels of escapes. The outer one is mountinfo's: "\054" is a byte that would end
 * the option. The inner one is overlayfs' own, in the values of lowerdir=, upperdir= and workdir=:
 * a backslash makes the next byte an ordinary one. "lowerdir+=" and "datadir+=" have no inner
 * level (measured on Linux 6.18). So the text is split at commas first, then the outer escapes are
 * decoded, then a list is split at colons, then the inner escapes are decoded.
 */
#include "probe/overlay_options.h"

#include "base/array.h"
#include "base/octal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* A part of the text; decoded in place, so that it only shrinks. */
struct span {
	char *at;
	size_t len;
};

enum option_kind {
	OPTION_TEXT,
	OPTION_DIR,
	OPTION_LOWER_LIST,
	OPTION_LOWER,
	OPTION_DATA,
	OPTION_FLAG,
	OPTION_FSYNC,
};

struct option {
	const char *name;
	enum option_kind kind;
	/* Offset in struct overlay_options. */
	size_t field;
};

static const struct option known_options[] = {
	{ "lowerdir", OPTION_LOWER_LIST, 0 },
	{ "lowerdir+", OPTION_LOWER, 0 },
	{ "datadir+", OPTION_DATA, 0 },
	{ "upperdir", OPTION_DIR, offsetof(struct overlay_options, upper) },
	{ "workdir", OPTION_DIR, offsetof(struct overlay_options, work) },
	{ "metacopy", OPTION_TEXT, offsetof(struct overlay_options, metacopy) },
	{ "index", OPTION_TEXT, offsetof(struct overlay_options, index) },
	{ "xino", OPTION_TEXT, offsetof(struct overlay_options, xino) },
	{ "redirect_dir", OPTION_TEXT, offsetof(struct overlay_options, redirect_dir) },
	{ "nfs_export", OPTION_TEXT, offsetof(struct overlay_options, nfs_export) },
	{ "uuid", OPTION_TEXT, offsetof(struct overlay_options, uuid) },
	{ "verity", OPTION_TEXT, offsetof(struct overlay_options, verity) },
	{ "volatile", OPTION_FLAG, offsetof(struct overlay_options, is_volatile) },
	{ "userxattr", OPTION_FLAG, offsetof(struct overlay_options, userxattr) },
	{ "fsync", OPTION_FSYNC, offsetof(struct overlay_options, is_volatile) },
};

/* The state of the parser. */
struct parser {
	struct overlay_options *o;
	/* Number of elements allocated at o->lower. */
	size_t room;
	/* Whether the current option is the last one of the text. */
	bool is_last;
	/* Whether the text ends in the middle of an escape, which was removed. */
	bool ends_in_escape;
};

/* Length of the unit at @s: an octal escape, a backslash and the byte it escapes, or a byte. */
static size_t unit_length(const char *s, size_t len)
{
	size_t octal = octal_escape_length(s, len);

	if (octal)
		return octal;
	return s[0] == '\\' && len > 1 ? 2 : 1;
}

/* Whether @s, the rest of the text, is an unfinished escape: "\", "\1" or "\13". */
static bool is_half_escape(const char *s, size_t len)
{
	return s[0] == '\\' && len <= 3 && strspn(s + 1, "01234567") == len - 1;
}

/* Remove the text up to the next comma, and the comma, from @rest. Returns the text. */
static struct span take_option(struct parser *p, struct span *rest)
{
	struct span option = { rest->at, 0 };
	size_t i = 0;

	while (i < rest->len && rest->at[i] != ',' && !p->ends_in_escape) {
		p->ends_in_escape = is_half_escape(rest->at + i, rest->len - i);
		if (!p->ends_in_escape)
			i += unit_length(rest->at + i, rest->len - i);
	}
	option.len = i;
	p->is_last = p->ends_in_escape || i == rest->len;
	rest->at += p->is_last ? rest->len : i + 1;
	rest->len -= p->is_last ? rest->len : i + 1;
	return option;
}

/* Decode the escapes of overlayfs in place; like overlayfs, drop a backslash at the end. */
static void unescape_backslashes(struct span *s)
{
	size_t to = 0;

	for (size_t i = 0; i < s->len; i++) {
		if (s->at[i] == '\\')
			i++;
		if (i < s->len)
			s->at[to++] = s->at[i];
	}
	s->len = to;
}

/* Whether @s ends with a backslash that is not escaped itself. */
static bool ends_in_backslash(struct span s)
{
	size_t n = 0;

	while (n < s.len && s.at[s.len - 1 - n] == '\\')
		n++;
	return n % 2 == 1;
}

static int set_text(char **field, struct span value)
{
	char *copy = strndup(value.at, value.len);

	if (!copy)
		return -ENOMEM;
	free(*field);
	*field = copy;
	return 0;
}

/* Whether @path is incomplete because the text ends in it; if so, sets o->cut. */
static bool is_cut_off(struct parser *p, struct span path, bool is_last)
{
	bool cut = is_last && (p->ends_in_escape || path.len == 0 || ends_in_backslash(path));

	p->o->cut = p->o->cut || cut;
	return cut;
}

static int add_lower(struct parser *p, struct span path, bool data_only)
{
	struct overlay_options *o = p->o;
	struct overlay_layer layer = { .data_only = data_only };
	size_t at = o->lowers;
	int r;

	if (path.len == 0)
		return 0;
	r = array_grow(&o->lower, &p->room, o->lowers, sizeof(*o->lower));
	if (r == 0)
		r = set_text(&layer.path, path);
	if (r < 0)
		return r;
	/* the kernel has data-only layers below all others, in whatever order they are listed */
	for (; !data_only && at > 0 && o->lower[at - 1].data_only; at--)
		o->lower[at] = o->lower[at - 1];
	o->lower[at] = layer;
	o->lowers++;
	return 0;
}

static void free_lowers(struct overlay_options *o)
{
	for (size_t i = 0; i < o->lowers; i++)
		free(o->lower[i].path);
	o->lowers = 0;
}

/* Remove the text up to the next colon, and all colons there, from @rest. Returns the text. */
static struct span take_lower(struct span *rest, size_t *ret_colons)
{
	struct span path = { rest->at, 0 };
	size_t i = 0;

	while (i < rest->len && rest->at[i] != ':')
		i += rest->at[i] == '\\' && i + 1 < rest->len ? 2 : 1;
	path.len = i;
	while (i < rest->len && rest->at[i] == ':')
		i++;
	*ret_colons = i - path.len;
	rest->at += i;
	rest->len -= i;
	return path;
}

/* "a:b::c": the layers after two colons are data-only ones. */
static int set_lowers(struct parser *p, struct span value)
{
	bool data_only = false;
	size_t colons = 0;
	bool is_end;

	free_lowers(p->o);
	do {
		struct span path = take_lower(&value, &colons);
		int r;

		is_end = value.len == 0 && colons == 0;
		if (is_cut_off(p, path, p->is_last && is_end))
			break;
		unescape_backslashes(&path);
		r = add_lower(p, path, data_only);
		if (r < 0)
			return r;
		data_only = data_only || colons > 1;
	} while (!is_end);
	return 0;
}

/* The value of "lowerdir+" or "datadir+", which has no inner escapes. */
static int add_one_lower(struct parser *p, struct span value, bool data_only)
{
	bool cut = p->is_last && (p->ends_in_escape || value.len == 0);

	p->o->cut = p->o->cut || cut;
	return cut ? 0 : add_lower(p, value, data_only);
}

static int set_dir(struct parser *p, char **field, struct span value)
{
	bool cut = is_cut_off(p, value, p->is_last);

	/* there is no upper layer without a work directory, which is listed after it */
	if (p->is_last && field == &p->o->upper && !p->o->work)
		cut = p->o->cut = true;
	unescape_backslashes(&value);
	return cut || value.len == 0 ? 0 : set_text(field, value);
}

static int set_option(struct parser *p, const struct option *option, struct span value)
{
	void *field = (char *)p->o + option->field;

	switch (option->kind) {
	case OPTION_TEXT:
		return p->ends_in_escape ? 0 : set_text(field, value);
	case OPTION_DIR:
		return set_dir(p, field, value);
	case OPTION_LOWER_LIST:
		return set_lowers(p, value);
	case OPTION_LOWER:
	case OPTION_DATA:
		return add_one_lower(p, value, option->kind == OPTION_DATA);
	case OPTION_FLAG:
		*(bool *)field = true;
		return 0;
	case OPTION_FSYNC:
		*(bool *)field = value.len == strlen("volatile") &&
				 memcmp(value.at, "volatile", value.len) == 0;
		return 0;
	}
	return 0;
}

/* The option @name, or NULL. @ret_is_prefix: whether @name is the beginning of one. */
static const struct option *find_option(struct span name, bool *ret_is_prefix)
{
	*ret_is_prefix = false;
	for (size_t i = 0; i < sizeof(known_options) / sizeof(*known_options); i++) {
		const struct option *it = &known_options[i];

		if (strncmp(it->name, name.at, name.len) != 0)
			continue;
		if (it->name[name.len] == '\0')
			return it;
		*ret_is_prefix = true;
	}
	return NULL;
}

static int parse_option(struct parser *p, struct span text)
{
	const char *equals = memchr(text.at, '=', text.len);
	struct span name = { text.at, equals ? (size_t)(equals - text.at) : text.len };
	struct span value = { text.at + name.len, text.len - name.len };
	bool is_prefix;
	const struct option *option = find_option(name, &is_prefix);

	if (!equals && (!option || option->kind != OPTION_FLAG)) {
		/* "upperd", or "upperdir" without a value */
		p->o->cut = p->o->cut || (p->is_last && (option || is_prefix));
		return 0;
	}
	if (!option)
		return 0;
	if (equals) {
		value.at++;
		value.len--;
	}
	value.len = octal_unescape(value.at, value.len);
	return set_option(p, option, value);
}

int overlay_options_parse(const char *options, struct overlay_options *ret_o)
{
	struct parser p = { .o = ret_o };
	char *copy = options ? strdup(options) : NULL;
	struct span rest = { copy, copy ? strlen(copy) : 0 };
	int r = 0;

	*ret_o = (struct overlay_options){ 0 };
	if (!copy)
		return options ? -ENOMEM : -EINVAL;
	while (r == 0 && rest.len > 0) {
		struct span option = take_option(&p, &rest);

		ret_o->cut = ret_o->cut || p.ends_in_escape;
		r = parse_option(&p, option);
		/* the text ends with a comma */
		ret_o->cut = ret_o->cut || (rest.len == 0 && !p.is_last);
	}
	free(copy);
	/* the kernel has no upper layer without a work directory */
	ret_o->cut = ret_o->cut || (ret_o->upper && !ret_o->work);
	if (r < 0)
		overlay_options_done(ret_o);
	return r;
}

bool overlay_options_have_data_only(const struct overlay_options *o)
{
	return o->lowers > 0 && o->lower[o->lowers - 1].data_only;
}

void overlay_options_done(struct overlay_options *o)
{
	free_lowers(o);
	free(o->lower);
	for (size_t i = 0; i < sizeof(known_options) / sizeof(*known_options); i++)
		if (known_options[i].kind == OPTION_TEXT || known_options[i].kind == OPTION_DIR)
			free(*(char **)(void *)((char *)o + known_options[i].field));
	*o = (struct overlay_options){ 0 };
}
