/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Taking paths apart and putting them together, as text.
 *
 * Not for resolving them: that is the kernel's business, through descriptors.
 */
#include "base/path.h"

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

char *path_join_name(const char *dir, const char *path)
{
	struct path_parts p = path_split(path);
	size_t dir_len = strlen(dir);
	bool slash = dir_len > 0 && dir[dir_len - 1] != '/';
	char *joined = malloc(dir_len + slash + p.name_len + 1);
	char *end = joined;

	if (!joined)
		return NULL;
	end = mempcpy(end, dir, dir_len);
	if (slash)
		*end++ = '/';
	end = mempcpy(end, path + p.dir_len, p.name_len);
	*end = '\0';
	return joined;
}
