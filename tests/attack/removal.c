/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Removes a tree by descriptor, however deep it became while directories were moved into others.
 */
#include "lab.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void remove_entries(int fd)
{
	DIR *d = fdopendir(fd);

	if (!d)
		die("fdopendir");
	for (struct dirent *e; (e = readdir(d));)
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			lab_remove(dirfd(d), e->d_name);
	(void)closedir(d);
}

void lab_remove(int dir_fd, const char *name)
{
	int fd;

	if (unlinkat(dir_fd, name, 0) == 0 || errno == ENOENT)
		return;
	fd = openat(dir_fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		die("open %s", name);
	remove_entries(fd);
	if (unlinkat(dir_fd, name, AT_REMOVEDIR) < 0)
		die("rmdir %s", name);
}
