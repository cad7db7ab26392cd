/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Ways are cut at their end and never by searching: a redirect may change what is before a name,
 * but not what comes after it.
 */
#include "probe/layer_path.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Whether each name of @way is one that a directory can hold. */
static bool is_way(const char *way)
{
	for (;;) {
		size_t len = strcspn(way, "/");

		if (len == 0 || (len == 1 && way[0] == '.') ||
		    (len == 2 && way[0] == '.' && way[1] == '.'))
			return false;
		if (!way[len])
			return true;
		way += len + 1;
	}
}

/* Hand out @way, which is freed if it is none. */
static int hand_out(char *way, char **ret_way)
{
	if (!is_way(way)) {
		free(way);
		return -ENOENT;
	}
	*ret_way = way;
	return 0;
}

/* Length of a directory's path without the slashes at its end; 0 for "/". */
static size_t trimmed(const char *dir)
{
	size_t len = strlen(dir);

	while (len > 0 && dir[len - 1] == '/')
		len--;
	return len;
}

int layer_path_of(const char *name, const char *target, const char *root, char **ret_way)
{
	size_t above = trimmed(target);
	size_t root_len = trimmed(root);
	char *way;

	if (name[0] != '/' || target[0] != '/' || root[0] != '/')
		return -ENOENT;
	if (strncmp(name, target, above) != 0 || (name[above] != '/' && name[above] != '\0'))
		return -ENOENT;
	if (asprintf(&way, "%.*s%s", (int)root_len, root, name + above) < 0)
		return -ENOMEM;
	memmove(way, way + (way[0] == '/'), strlen(way + (way[0] == '/')) + 1);
	return hand_out(way, ret_way);
}

int layer_path_redirect(const char *way, size_t name_len, size_t rest_len, const char *redirect,
			char **ret_way)
{
	size_t len = strlen(way);
	size_t before = len - rest_len - name_len;
	bool from_root = redirect[0] == '/';
	char *moved;

	if (!from_root && strchr(redirect, '/'))
		return -ENOENT;
	if (from_root)
		before = 0;
	if (asprintf(&moved, "%.*s%s%s", (int)before, way, redirect + from_root,
		     way + len - rest_len) < 0)
		return -ENOMEM;
	return hand_out(moved, ret_way);
}
