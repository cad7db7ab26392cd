/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Excuses for what files are like: modes, lists, attributes, holes. The others are in excuses.c.
 */
#include "excuses.h"

#include "changes.h"

#include <stddef.h>
#include <string.h>

/* Lines that differ in the first digit of the mode only: set-id and sticky bits. Of a file cp
   left them; to what is no file they mean nothing. */
static bool has_other_bits(const struct change *cp, const struct change *ovl)
{
	const char *x = strpbrk(cp->rest, "01234567");
	const char *y = strpbrk(ovl->rest, "01234567");

	return strncmp(cp->rest, " dir ", 5) != 0 && x && y && x - cp->rest == y - ovl->rest &&
	       memcmp(cp->rest, ovl->rest, (size_t)(x - cp->rest)) == 0 &&
	       strcmp(x + 1, y + 1) == 0 && (strncmp(cp->rest, " file ", 6) != 0 || *y == '0');
}

bool excuse_left_bits(const struct scene *scene, const struct result *cp, const struct result *ovl)
{
	(void)scene;
	return changes_pair(cp, ovl, has_other_bits, NULL);
}

static bool has_group_bit(const struct change *cp, const struct change *ovl)
{
	return strncmp(cp->rest, " dir 0", 6) == 0 && strncmp(ovl->rest, " dir 2", 6) == 0 &&
	       cp->rest[6] != '7' && strcmp(cp->rest + 6, ovl->rest + 6) == 0;
}

bool excuse_left_group_bit(const struct scene *scene, const struct result *cp,
			   const struct result *ovl)
{
	(void)scene;
	return changes_pair(cp, ovl, has_group_bit, NULL);
}

static bool is_attribute_of_program(const struct change *c)
{
	return c->side == '+' && change_is_attribute(c);
}

bool excuse_kept_xattrs(const struct scene *scene, const struct result *cp,
			const struct result *ovl)
{
	return (scene_has_option(scene, "--pa") || scene_has_letter(scene, 'H') ||
		scene_has_letter(scene, 'L') || scene_has_option(scene, "--de") ||
		scene_has_letter(scene, 'l') || scene_has_option(scene, "--l")) &&
	       changes_are(cp, ovl, is_attribute_of_program);
}

static bool has_other_blocks(const struct change *cp, const struct change *ovl)
{
	return change_is_same_up_to(cp, ovl, " blocks=");
}

bool excuse_left_out_zeros(const struct scene *scene, const struct result *cp,
			   const struct result *ovl)
{
	return scene_has_option(scene, "--s") && changes_pair(cp, ovl, has_other_blocks, NULL);
}

/* Two deliberate differences in one file. */
static bool has_other_bits_and_blocks(const struct change *cp, const struct change *ovl)
{
	const char *x = strpbrk(cp->rest, "01234567");
	const char *y = strpbrk(ovl->rest, "01234567");
	size_t len = x ? (size_t)(x - cp->rest) : 0;
	const char *end = x ? strstr(x, " blocks=") : NULL;

	return len && y && y - ovl->rest == (ptrdiff_t)len && end && *y == '0' &&
	       strncmp(cp->rest, " file ", 6) == 0 && memcmp(cp->rest, ovl->rest, len) == 0 &&
	       memcmp(x + 1, y + 1, (size_t)(end - x)) == 0;
}

bool excuse_left_bits_and_zeros(const struct scene *scene, const struct result *cp,
				const struct result *ovl)
{
	return scene_has_option(scene, "--s") &&
	       changes_pair(cp, ovl, has_other_bits_and_blocks, NULL);
}

/* A file that its owner must not write, or the list of one. */
static bool is_read_only(const struct change *c)
{
	return change_is_attribute(c)
		       ? strcasestr(c->rest, "acl") != NULL
		       : strncmp(c->rest, " file ", 6) == 0 &&
				 strspn(c->rest + 6, "01234567") == 4 && strchr("0145", c->rest[7]);
}

bool excuse_opened_read_only(const struct scene *scene, const struct result *cp,
			     const struct result *ovl)
{
	return (scene_has_option(scene, "--pr") || scene_has_letter(scene, 'a')) &&
	       changes_are(cp, ovl, is_read_only);
}
