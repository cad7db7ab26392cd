/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Resolves a path name by name: no name is looked up twice, so that nothing can be exchanged
 * between the look and the use.
 */
#include "target/beneath.h"

#include "base/fd.h"
#include "base/inodeset.h"
#include "exec/create.h"
#include "sys/descriptor.h"
#include "sys/names.h"
#include "sys/process.h"
#include "sys/status.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LINKS_MAX 40

/* A path that is being resolved. */
struct resolution {
	struct beneath *b;
	/* whether links of any owner are followed, as the caller has named the first one */
	bool is_named;
	/* what is left of the path; owned */
	char *rest;
	/* number of links followed */
	int links;
};

/* Enter the directory @fd; takes it. */
static void enter(struct resolution *x, int fd)
{
	fd_drop(&x->b->dir_fd);
	x->b->dir_fd = fd;
}

/* Put the text of the link @fd before the rest of the path. 0, or -errno. */
static int follow_link(struct resolution *x, int fd, const char *tail)
{
	CLEANUP_FREE char *text = NULL;
	char *rest;
	int r = x->links++ < LINKS_MAX ? exec_read_link(fd, "", &text) : -ELOOP;

	if (r < 0)
		return r;
	if (asprintf(&rest, "%s/%s", text, tail) < 0)
		return -ENOMEM;
	free(x->rest);
	x->rest = rest;
	return 0;
}

/* Whether the link @fd is one of /proc that stands for an open file, whose text is only a hint: it
   is a path, unlike that of the others there (proc_pid_fd(5)). */
static bool is_open_file(int fd)
{
	const uint64_t procfs = 0x9fa0; /* PROC_SUPER_MAGIC */
	char first = '\0';

	return sys_fs_is(fd, procfs) && sys_readlink(fd, "", &first, 1) == 1 && first == '/';
}

/* Take the first name off the rest of the path. @ret_tail: what comes behind it, in x->rest. The
   name, which the caller frees; NULL if memory is short. */
static char *first_name(struct resolution *x, const char **ret_tail)
{
	const char *begin = x->rest + strspn(x->rest, "/");
	size_t len = strcspn(begin, "/");

	*ret_tail = begin + len + strspn(begin + len, "/");
	return len ? strndup(begin, len) : strdup(".");
}

/* Go to the root directory if the rest of the path begins there. 0, or -errno. */
static int begin_at_root(struct resolution *x)
{
	int fd;

	if (*x->rest != '/')
		return 0;
	fd = sys_open(AT_FDCWD, "/", O_PATH | O_DIRECTORY, 0);
	if (fd < 0)
		return fd;
	enter(x, fd);
	return 0;
}

/* Resolve one name. 1: go on; 0: that was the last one; or -errno. */
static int resolve_name(struct resolution *x)
{
	int r = begin_at_root(x);
	const char *tail = "";
	CLEANUP_FREE char *name = r == 0 ? first_name(x, &tail) : NULL;
	CLEANUP_FD int fd = name    ? sys_open(x->b->dir_fd, name, O_PATH | O_NOFOLLOW, 0)
			    : r < 0 ? r
				    : -ENOMEM;
	struct stat st;

	if (fd < 0 && (fd != -ENOENT || *tail))
		return fd;
	r = fd < 0 ? 0 : sys_fstat(fd, &st);
	if (r < 0)
		return r;
	if (fd >= 0 && S_ISLNK(st.st_mode)) {
		if (x->is_named && is_open_file(fd))
			return -EXDEV;
		r = x->is_named || sys_trusts(st.st_uid) ? follow_link(x, fd, tail) : -EPERM;
		return r < 0 ? r : 1;
	}
	if (*tail) {
		enter(x, TAKE_FD(fd));
		memmove(x->rest, tail, strlen(tail) + 1);
		return 1;
	}
	x->b->name = TAKE_PTR(name);
	x->b->fd = fd < 0 ? fd : TAKE_FD(fd);
	return 0;
}

/* Whether @dir_fd is @top or inside of it. 1, 0 or -errno. */
static int is_inside(int dir_fd, const struct stat *top)
{
	CLEANUP_FD int fd = sys_open(dir_fd, ".", O_PATH | O_DIRECTORY, 0);
	struct stat below = { 0 };
	struct stat st;

	for (;;) {
		int up;
		int r = fd < 0 ? fd : sys_fstat(fd, &st);

		if (r < 0)
			return r;
		if (inode_same(&st, top))
			return 1;
		if (inode_same(&st, &below))
			return 0; /* the root directory */
		below = st;
		up = sys_open(fd, "..", O_PATH | O_DIRECTORY, 0);
		fd_drop(&fd);
		fd = up;
	}
}

static bool is_directory(int fd)
{
	struct stat st;

	return fd >= 0 && sys_fstat(fd, &st) == 0 && S_ISDIR(st.st_mode);
}

int beneath_follow(int dir_fd, const char *name, const struct stat *top, struct beneath *ret_b)
{
	struct resolution x = { .b = ret_b, .is_named = !top, .rest = strdup(name) };
	int r = x.rest ? 1 : -ENOMEM;

	*ret_b = (struct beneath){ .dir_fd = sys_open(dir_fd, ".", O_PATH | O_DIRECTORY, 0),
				   .fd = -EBADF };
	if (ret_b->dir_fd < 0)
		r = ret_b->dir_fd;
	while (r > 0)
		r = resolve_name(&x);
	free(x.rest);
	if (r < 0 || !top)
		return r;
	/* the last name may be ".." */
	r = is_inside(is_directory(ret_b->fd) ? ret_b->fd : ret_b->dir_fd, top);
	return r == 0 ? -EXDEV : r < 0 ? r : 0;
}

void beneath_done(struct beneath *b)
{
	fd_drop(&b->dir_fd);
	fd_drop(&b->fd);
	free(b->name);
	*b = (struct beneath){ .dir_fd = -EBADF, .fd = -EBADF };
}
