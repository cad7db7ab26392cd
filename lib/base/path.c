/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Paths are split and joined here, as text.
 *
 * Not for resolving them: only the kernel can, and the library asks it through descriptors.
 */
#include "base/path.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct path_parts path_split(const char *path)
{
	size_t len = strlen(path);
	size_t end = len;
	size_t start;

	while (end > 0 && path[end - 1] == '/')
		end--;
	start = end;
	while (start > 0 && path[start - 1] != '/')
		start--;
	return (struct path_parts){
		.dir_len = start,
		.name_len = end - start,
		.must_be_dir = end < len && end > 0,
	};
}

bool path_is_dots(const char *path)
{
	struct path_parts p = path_split(path);
	const char *name = path + p.dir_len;

	return (p.name_len == 1 && name[0] == '.') ||
	       (p.name_len == 2 && name[0] == '.' && name[1] == '.');
}

/* The name that the file @path gets in a directory, to be freed; NULL if memory is short. */
static char *name_of(const char *path)
{
	struct path_parts p = path_split(path);

	if (p.name_len == 0 || path_is_dots(path))
		return strdup(".");
	return strndup(path + p.dir_len, p.name_len);
}

char *path_directory(const char *path)
{
	const size_t len = path_split(path).dir_len;

	return len ? strndup(path, len) : strdup(".");
}

char *path_sibling(const char *path, const char *name)
{
	char *sibling = NULL;

	if (asprintf(&sibling, "%.*s%s", (int)path_split(path).dir_len, path, name) < 0)
		return NULL;
	return sibling;
}

char *path_join_name(const char *dir, const char *path)
{
	char *name = name_of(path);
	int len = (int)strlen(dir);
	const char *slash = len > 0 ? "/" : "";
	char *joined = NULL;

	while (len > 0 && dir[len - 1] == '/')
		len--;
	if (name && asprintf(&joined, "%.*s%s%s", len, dir, slash, name) < 0)
		joined = NULL;
	free(name);
	return joined;
}
