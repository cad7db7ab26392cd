/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The grammar of overlay options, as the kernel lists them in mountinfo.
 *
 * There are two layers of escapes. The outer one is mountinfo's: "\054" is a byte that would
 * end the option. The inner one is overlayfs' own, in what was given for lowerdir=, upperdir=
 * and workdir=: a backslash takes the meaning from the next byte. "lowerdir+=" and "datadir+="
 * have no inner one (measured on Linux 6.18). So commas are looked for before anything is
 * undone, and colons between the two.
 */
#include "probe/overlay_options.h"

#include "base/array.h"
#include "base/octal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* A piece of text; decoded in place, so that it only shrinks. */
struct piece {
	char *at;
	size_t len;
};

enum kind {
	KIND_TEXT,
	KIND_DIR,
	KIND_LOWER_LIST,
	KIND_LOWER,
	KIND_DATA,
	KIND_FLAG,
	KIND_FSYNC,
};

/* @field: offset in struct overlay_options. */
static const struct option {
	const char *name;
	enum kind kind;
	size_t field;
} options_known[] = {
	{ "lowerdir", KIND_LOWER_LIST, 0 },
	{ "lowerdir+", KIND_LOWER, 0 },
	{ "datadir+", KIND_DATA, 0 },
	{ "upperdir", KIND_DIR, offsetof(struct overlay_options, upper) },
	{ "workdir", KIND_DIR, offsetof(struct overlay_options, work) },
	{ "metacopy", KIND_TEXT, offsetof(struct overlay_options, metacopy) },
	{ "index", KIND_TEXT, offsetof(struct overlay_options, index) },
	{ "xino", KIND_TEXT, offsetof(struct overlay_options, xino) },
	{ "redirect_dir", KIND_TEXT, offsetof(struct overlay_options, redirect_dir) },
	{ "nfs_export", KIND_TEXT, offsetof(struct overlay_options, nfs_export) },
	{ "uuid", KIND_TEXT, offsetof(struct overlay_options, uuid) },
	{ "verity", KIND_TEXT, offsetof(struct overlay_options, verity) },
	{ "volatile", KIND_FLAG, offsetof(struct overlay_options, is_volatile) },
	{ "userxattr", KIND_FLAG, offsetof(struct overlay_options, userxattr) },
	{ "fsync", KIND_FSYNC, offsetof(struct overlay_options, is_volatile) },
};

/* What is being taken apart. */
struct parse {
	struct overlay_options *o;
	/* Elements that o->lower has room for. */
	size_t room;
	/* Whether the option at hand is the last one of the text. */
	bool is_last;
	/* Whether the text ends in the middle of an escape, which was taken off. */
	bool is_torn;
};

/* Bytes at @s that belong together: an octal escape, a backslash and what follows it, or one. */
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

/* Take the text up to the next comma, and the comma, off @rest. */
static struct piece take_option(struct parse *p, struct piece *rest)
{
	struct piece option = { rest->at, 0 };
	size_t i = 0;

	while (i < rest->len && rest->at[i] != ',' && !p->is_torn) {
		p->is_torn = is_half_escape(rest->at + i, rest->len - i);
		if (!p->is_torn)
			i += unit_length(rest->at + i, rest->len - i);
	}
	option.len = i;
	p->is_last = p->is_torn || i == rest->len;
	rest->at += p->is_last ? rest->len : i + 1;
	rest->len -= p->is_last ? rest->len : i + 1;
	return option;
}

/* Undo the escapes of overlayfs in place; a backslash at the end is dropped, as it does. */
static void undo_backslashes(struct piece *s)
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

/* Whether the last backslash of @s has nothing to escape. */
static bool ends_in_backslash(struct piece s)
{
	size_t n = 0;

	while (n < s.len && s.at[s.len - 1 - n] == '\\')
		n++;
	return n % 2 == 1;
}

static int set_text(char **field, struct piece value)
{
	char *copy = strndup(value.at, value.len);

	if (!copy)
		return -ENOMEM;
	free(*field);
	*field = copy;
	return 0;
}

/* Whether a path is none because the text ends in it; takes note of that. */
static bool is_cut_off(struct parse *p, struct piece path, bool is_last)
{
	bool cut = is_last && (p->is_torn || path.len == 0 || ends_in_backslash(path));

	p->o->cut = p->o->cut || cut;
	return cut;
}

static int add_lower(struct parse *p, struct piece path, bool data_only)
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
	/* the kernel takes data-only ones last; whoever lists them otherwise means the same */
	for (; !data_only && at > 0 && o->lower[at - 1].data_only; at--)
		o->lower[at] = o->lower[at - 1];
	o->lower[at] = layer;
	o->lowers++;
	return 0;
}

static void drop_lowers(struct overlay_options *o)
{
	for (size_t i = 0; i < o->lowers; i++)
		free(o->lower[i].path);
	o->lowers = 0;
}

/* Take the text up to the next colon off @rest, and as many colons as follow. */
static struct piece take_lower(struct piece *rest, size_t *ret_colons)
{
	struct piece path = { rest->at, 0 };
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

/* "a:b::c": what follows two colons is a layer with data only, and so is all after it. */
static int set_lowers(struct parse *p, struct piece value)
{
	bool data_only = false;
	size_t colons = 0;
	bool is_end;

	drop_lowers(p->o);
	do {
		struct piece path = take_lower(&value, &colons);
		int r;

		is_end = value.len == 0 && colons == 0;
		if (is_cut_off(p, path, p->is_last && is_end))
			break;
		undo_backslashes(&path);
		r = add_lower(p, path, data_only);
		if (r < 0)
			return r;
		data_only = data_only || colons > 1;
	} while (!is_end);
	return 0;
}

static int add_literal(struct parse *p, struct piece value, bool data_only)
{
	bool cut = p->is_last && (p->is_torn || value.len == 0);

	p->o->cut = p->o->cut || cut;
	return cut ? 0 : add_lower(p, value, data_only);
}

static int set_dir(struct parse *p, char **field, struct piece value)
{
	bool cut = is_cut_off(p, value, p->is_last);

	/* an upper layer has a work directory, which is listed after it */
	if (p->is_last && field == &p->o->upper && !p->o->work)
		cut = p->o->cut = true;
	undo_backslashes(&value);
	return cut || value.len == 0 ? 0 : set_text(field, value);
}

static int set_option(struct parse *p, const struct option *option, struct piece value)
{
	void *field = (char *)p->o + option->field;

	switch (option->kind) {
	case KIND_TEXT:
		return p->is_torn ? 0 : set_text(field, value);
	case KIND_DIR:
		return set_dir(p, field, value);
	case KIND_LOWER_LIST:
		return set_lowers(p, value);
	case KIND_LOWER:
	case KIND_DATA:
		return add_literal(p, value, option->kind == KIND_DATA);
	case KIND_FLAG:
		*(bool *)field = true;
		return 0;
	case KIND_FSYNC:
		*(bool *)field = value.len == strlen("volatile") &&
				 memcmp(value.at, "volatile", value.len) == 0;
		return 0;
	}
	return 0;
}

/* The option called @name; NULL if nobody knows it. @ret_begun: whether one begins like that. */
static const struct option *find(struct piece name, bool *ret_begun)
{
	*ret_begun = false;
	for (size_t i = 0; i < sizeof(options_known) / sizeof(*options_known); i++) {
		const struct option *it = &options_known[i];

		if (strncmp(it->name, name.at, name.len) != 0)
			continue;
		if (it->name[name.len] == '\0')
			return it;
		*ret_begun = true;
	}
	return NULL;
}

static int parse_option(struct parse *p, struct piece text)
{
	const char *equals = memchr(text.at, '=', text.len);
	struct piece name = { text.at, equals ? (size_t)(equals - text.at) : text.len };
	struct piece value = { text.at + name.len, text.len - name.len };
	bool begun;
	const struct option *option = find(name, &begun);

	if (!equals && (!option || option->kind != KIND_FLAG)) {
		/* "upperd", or "upperdir" without a value */
		p->o->cut = p->o->cut || (p->is_last && (option || begun));
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
	struct parse p = { .o = ret_o };
	char *copy = options ? strdup(options) : NULL;
	struct piece rest = { copy, copy ? strlen(copy) : 0 };
	int r = 0;

	*ret_o = (struct overlay_options){ 0 };
	if (!copy)
		return options ? -ENOMEM : -EINVAL;
	while (r == 0 && rest.len > 0) {
		struct piece option = take_option(&p, &rest);

		ret_o->cut = ret_o->cut || p.is_torn;
		r = parse_option(&p, option);
		/* nothing after a comma */
		ret_o->cut = ret_o->cut || (rest.len == 0 && !p.is_last);
	}
	free(copy);
	/* the kernel has no upper layer without one */
	ret_o->cut = ret_o->cut || (ret_o->upper && !ret_o->work);
	if (r < 0)
		overlay_options_done(ret_o);
	return r;
}

void overlay_options_done(struct overlay_options *o)
{
	drop_lowers(o);
	free(o->lower);
	for (size_t i = 0; i < sizeof(options_known) / sizeof(*options_known); i++)
		if (options_known[i].kind == KIND_TEXT || options_known[i].kind == KIND_DIR)
			free(*(char **)(void *)((char *)o + options_known[i].field));
	*o = (struct overlay_options){ 0 };
}
