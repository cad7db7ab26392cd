/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The names after a redirect are counted from the end of a layer path and never searched for: a
 * redirect may change every name before them, but none of them.
 */
#include "probe/layer_path.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_layer_path(const char *path)
{
	for (;;) {
		size_t len = strcspn(path, "/");

		if (len == 0 || (len == 1 && path[0] == '.') ||
		    (len == 2 && path[0] == '.' && path[1] == '.'))
			return false;
		if (!path[len])
			return true;
		path += len + 1;
	}
}

/* Return @path, or free it if it is no layer path. 0, or -ENOENT. */
static int return_path(char *path, char **ret_path)
{
	if (!is_layer_path(path)) {
		free(path);
		return -ENOENT;
	}
	*ret_path = path;
	return 0;
}

/* Length of the path of a directory without trailing slashes; 0 for "/". */
static size_t trimmed_len(const char *dir)
{
	size_t len = strlen(dir);

	while (len > 0 && dir[len - 1] == '/')
		len--;
	return len;
}

int layer_path_of(const char *name, const char *target, const char *root, char **ret_path)
{
	size_t target_len = trimmed_len(target);
	size_t root_len = trimmed_len(root);
	char *path;

	if (name[0] != '/' || target[0] != '/' || root[0] != '/')
		return -ENOENT;
	if (strncmp(name, target, target_len) != 0 ||
	    (name[target_len] != '/' && name[target_len] != '\0'))
		return -ENOENT;
	if (asprintf(&path, "%.*s%s", (int)root_len, root, name + target_len) < 0)
		return -ENOMEM;
	memmove(path, path + (path[0] == '/'), strlen(path + (path[0] == '/')) + 1);
	return return_path(path, ret_path);
}

int layer_path_redirect(const char *path, size_t name_len, size_t rest_len, const char *redirect,
			char **ret_path)
{
	size_t len = strlen(path);
	size_t dir_len = len - rest_len - name_len;
	bool is_absolute = redirect[0] == '/';
	char *moved;

	if (!is_absolute && strchr(redirect, '/'))
		return -ENOENT;
	if (is_absolute)
		dir_len = 0;
	if (asprintf(&moved, "%.*s%s%s", (int)dir_len, path, redirect + is_absolute,
		     path + len - rest_len) < 0)
		return -ENOMEM;
	return return_path(moved, ret_path);
}
