/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Searches PATH.
 */
#include "find_command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The path of @name in @dir, if it can be executed there; "": the current directory. */
static char *find_in(const char *dir, const char *name)
{
	char *path;

	if (asprintf(&path, "%s%s%s", dir, *dir ? "/" : "./", name) < 0)
		return NULL;
	if (access(path, X_OK) == 0)
		return path;
	free(path);
	return NULL;
}

char *find_command(const char *name)
{
	const char *variable = getenv("PATH");
	char *path = variable ? strdup(variable) : NULL;
	char *found = NULL;

	if (strchr(name, '/')) {
		found = access(name, X_OK) == 0 ? strdup(name) : NULL;
	} else if (*name) {
		char *rest = path;

		for (char *dir = strsep(&rest, ":"); dir && !found; dir = strsep(&rest, ":"))
			found = find_in(dir, name);
	}
	free(path);
	return found;
}
