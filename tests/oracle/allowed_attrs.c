/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Conditions of rows of known.c about the metadata of files: modes, access control lists, extended
 * attributes, holes. Which files exist at all is in allowed_diffs.c.
 */
#include "allowed_attrs.h"

#include "changes.h"

#include <stddef.h>
#include <string.h>

/* Lines that differ only in the first digit of the mode: set-ID and sticky bits. cp left those of
   a regular file; on other non-directories they mean nothing. */
static bool differ_in_mode_bits(const struct change *cp, const struct change *ovl)
{
	const char *x = strpbrk(cp->rest, "01234567");
	const char *y = strpbrk(ovl->rest, "01234567");

	return strncmp(cp->rest, " dir ", 5) != 0 && x && y && x - cp->rest == y - ovl->rest &&
	       memcmp(cp->rest, ovl->rest, (size_t)(x - cp->rest)) == 0 &&
	       strcmp(x + 1, y + 1) == 0 && (strncmp(cp->rest, " file ", 6) != 0 || *y == '0');
}

bool allow_if_mode_bits_left(const struct comparison *c)
{
	return changes_all_pairs(c, differ_in_mode_bits, NULL);
}

static bool differ_in_dir_bits(const struct change *cp, const struct change *ovl)
{
	return strncmp(cp->rest, " dir ", 5) == 0 && strncmp(ovl->rest, " dir 0", 6) == 0 &&
	       cp->rest[5] != '0' && strcmp(cp->rest + 6, ovl->rest + 6) == 0;
}

bool allow_if_dir_bits_left(const struct comparison *c)
{
	return changes_all_pairs(c, differ_in_dir_bits, NULL);
}

static bool is_xattr_of_ovl(const struct change *c)
{
	return c->side == '+' && change_is_xattr(c);
}

bool allow_if_dir_xattrs_kept(const struct comparison *c)
{
	const struct setup *setup = c->setup;

	return (setup_has_option(setup, "--pa") || setup_has_short(setup, 'H') ||
		setup_has_short(setup, 'L') || setup_has_option(setup, "--de") ||
		setup_has_short(setup, 'l') || setup_has_option(setup, "--l")) &&
	       changes_all(c, is_xattr_of_ovl);
}

static bool differ_in_holes(const struct change *cp, const struct change *ovl)
{
	return change_same_up_to(cp, ovl, " blocks=");
}

bool allow_if_holes_differ(const struct comparison *c)
{
	return setup_has_option(c->setup, "--s") && changes_all_pairs(c, differ_in_holes, NULL);
}

/* Both intended differences in one file. */
static bool differ_in_mode_bits_and_holes(const struct change *cp, const struct change *ovl)
{
	const char *x = strpbrk(cp->rest, "01234567");
	const char *y = strpbrk(ovl->rest, "01234567");
	size_t len = x ? (size_t)(x - cp->rest) : 0;
	const char *end = x ? strstr(x, " blocks=") : NULL;

	return len && y && y - ovl->rest == (ptrdiff_t)len && end && *y == '0' &&
	       strncmp(cp->rest, " file ", 6) == 0 && memcmp(cp->rest, ovl->rest, len) == 0 &&
	       memcmp(x + 1, y + 1, (size_t)(end - x)) == 0;
}

bool allow_if_mode_bits_and_holes_differ(const struct comparison *c)
{
	return setup_has_option(c->setup, "--s") &&
	       changes_all_pairs(c, differ_in_mode_bits_and_holes, NULL);
}

/* A regular file that its owner may not write, or an access control list. */
static bool is_read_only(const struct change *c)
{
	return change_is_xattr(c)
		       ? strcasestr(c->rest, "acl") != NULL
		       : strncmp(c->rest, " file ", 6) == 0 &&
				 strspn(c->rest + 6, "01234567") == 4 && strchr("0145", c->rest[7]);
}

bool allow_if_read_only_differs(const struct comparison *c)
{
	return (setup_has_option(c->setup, "--pr") || setup_has_short(c->setup, 'a')) &&
	       changes_all(c, is_read_only);
}

static bool is_xattr_of_cp(const struct change *c)
{
	return c->side == '-' && change_is_xattr(c);
}

bool allow_if_symlinks_got_xattrs(const struct comparison *c)
{
	return (setup_has_option(c->setup, "--sy") || setup_has_short(c->setup, 's')) &&
	       changes_all(c, is_xattr_of_cp);
}
