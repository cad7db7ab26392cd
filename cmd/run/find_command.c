/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Searches PATH as execvp(3) does: a file that cannot be executed is passed over, and told of if
 * there is no other one.
 */
#include "find_command.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Whether the kernel executes the file. 0, or -errno. */
static int try_file(const char *path)
{
	struct stat st;

	if (stat(path, &st) < 0)
		return -errno;
	if (!S_ISREG(st.st_mode))
		return -EACCES;
	return access(path, X_OK) < 0 ? -errno : 0;
}

/* Look for @name in @dir; "": the current directory. 0, with its path in @ret; or -errno. */
static int find_in(const char *dir, const char *name, char **ret)
{
	char *path;
	int r;

	if (asprintf(&path, "%s%s%s", dir, *dir ? "/" : "./", name) < 0)
		return -ENOMEM;
	r = try_file(path);
	if (r == 0)
		*ret = path;
	else
		free(path);
	return r;
}

/* Look for @name in the directories @list, which is changed. As find_in. */
static int find_in_list(char *list, const char *name, char **ret)
{
	int refused = -ENOENT;
	int r = -ENOENT;

	for (char *dir = strsep(&list, ":"); dir && r < 0; dir = strsep(&list, ":")) {
		r = find_in(dir, name, ret);
		if (r == -EACCES)
			refused = r;
	}
	return r < 0 ? refused : 0;
}

/* The directories that are searched, to be freed. NULL without memory. */
static char *search_list(void)
{
	const char *variable = getenv("PATH");
	char fallback[PATH_MAX] = "";

	if (!variable)
		(void)confstr(_CS_PATH, fallback, sizeof(fallback));
	return strdup(variable ? variable : fallback);
}

char *find_command(const char *name)
{
	char *found = NULL;
	char *list;
	int r = -ENOENT;

	if (strchr(name, '/')) {
		r = try_file(name);
		found = r == 0 ? strdup(name) : NULL;
	} else if (*name) {
		list = search_list();
		r = list ? find_in_list(list, name, &found) : -ENOMEM;
		free(list);
	}
	if (!found)
		errno = r < 0 ? -r : ENOMEM;
	return found;
}
