/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The tree may change while it is searched.
 */
#include "search.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct search {
	search_fn *found;
	void *payload;
};

/* Directories that are moved into one another could make a search endless. */
#define DEPTH_MAX 60

static void search_at(const struct search *s, int dir_fd, const char *name, const char *path,
		      int depth);

static void search_directory(const struct search *s, int fd, const char *path, int depth)
{
	DIR *d = fdopendir(fd);

	if (!d) {
		(void)close(fd);
		return;
	}
	for (struct dirent *e; (e = readdir(d));) {
		char *inner;

		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		if (asprintf(&inner, "%s/%s", path, e->d_name) < 0)
			break;
		search_at(s, dirfd(d), e->d_name, inner, depth + 1);
		free(inner);
	}
	(void)closedir(d);
}

static void search_at(const struct search *s, int dir_fd, const char *name, const char *path,
		      int depth)
{
	const int flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
	int fd = openat(dir_fd, name, flags);
	char data[8192];
	struct stat st = { 0 };
	ssize_t n;

	if (fd < 0)
		return;
	if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode) && depth < DEPTH_MAX) {
		search_directory(s, fd, path, depth);
		return;
	}
	n = S_ISREG(st.st_mode) ? pread(fd, data, sizeof(data), 0) : 0;
	if (n >= 0 && (S_ISREG(st.st_mode) || S_ISFIFO(st.st_mode)))
		s->found(fd, path, data, (size_t)n, s->payload);
	(void)close(fd);
}

void search_tree(const char *path, search_fn *found, void *payload)
{
	search_at(&(struct search){ found, payload }, AT_FDCWD, path, path, 0);
}

const char *search_mark(const char *data, size_t size, const char *mark)
{
	return memmem(data, size, mark, strlen(mark));
}
