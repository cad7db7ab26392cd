/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Tries the parent directories of the absolute paths that are known, from the nearest to "/".
 */
#include "probe/layer_resolve.h"

#include "base/fd.h"
#include "sys/status.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Call @fn for each path in @o. 0, or the first result that is not. */
static int each_path(struct overlay_options *o, int (*fn)(char **path, const char *base),
		     const char *base)
{
	int r = o->upper ? fn(&o->upper, base) : 0;

	if (r == 0 && o->work)
		r = fn(&o->work, base);
	for (size_t i = 0; i < o->lowers && r == 0; i++)
		r = fn(&o->lower[i].path, base);
	return r;
}

/* @path below @base, to be freed; NULL if memory is short. */
static char *join(const char *base, const char *path)
{
	char *joined;

	return asprintf(&joined, "%s/%s", base, path) < 0 ? NULL : joined;
}

/* 0 if *@path is absolute, or is a directory below @base; or -errno. */
static int check(char **path, const char *base)
{
	CLEANUP_FREE char *joined = NULL;
	struct stat st;
	int r;

	if (**path == '/')
		return 0;
	joined = join(base, *path);
	r = joined ? sys_stat(AT_FDCWD, joined, true, &st) : -ENOMEM;
	return r == 0 && !S_ISDIR(st.st_mode) ? -ENOTDIR : r;
}

/* Make *@path absolute. 0, or -ENOMEM. */
static int make_absolute(char **path, const char *base)
{
	char *joined;

	if (**path == '/')
		return 0;
	joined = join(base, *path);
	if (!joined)
		return -ENOMEM;
	free(*path);
	*path = joined;
	return 0;
}

/* 1 if *@path is relative. */
static int is_relative(char **path, const char *base)
{
	(void)base;
	return **path != '/';
}

/* Try the parent directories of @path. 1: all paths are absolute now; 0; or -ENOMEM. */
static int try_parents(struct overlay_options *o, const char *path)
{
	CLEANUP_FREE char *base = strdup(path);
	char *slash;
	int r = -ENOENT;

	if (!base)
		return -ENOMEM;
	while (r != 0 && r != -ENOMEM && (slash = strrchr(base, '/'))) {
		*slash = '\0';
		r = each_path(o, check, base);
	}
	if (r == 0)
		r = each_path(o, make_absolute, base);
	return r == 0 ? 1 : r == -ENOMEM ? r : 0;
}

int layer_resolve(const struct mount_table *table, uint64_t id, struct overlay_options *o)
{
	const char *target;
	uint64_t root_id;
	int r = 0;

	if (each_path(o, is_relative, "") == 0)
		return 0;
	if (o->upper && o->upper[0] == '/')
		r = try_parents(o, o->upper);
	if (r == 0 && mount_table_root(table, id, &root_id, &target) == 0)
		r = try_parents(o, target);
	return r < 0 ? r : 0;
}
