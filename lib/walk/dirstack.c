/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A stack of directories; of the lowest ones, the window, the descriptors are open.
 *
 * A closed directory is opened again as ".." of the one below it. If a directory was moved in the
 * meantime, ".." is another one, which its device and inode number tell; ".." is never a symbolic
 * link. But ".." of a directory that was entered through a symbolic link is not the directory that
 * holds the link: that one is held open.
 */
#include "walk/dirstack.h"

#include "base/array.h"
#include "base/fd.h"
#include "sys/descriptor.h"
#include "sys/status.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>

/* Directories held open beyond the window. The kernel follows at most 40 symbolic links in a path
   (path_resolution(7)), so cp cannot copy a tree with more of them in a path either. */
#define HELD_MAX 40

struct dirstack_level {
	/* Its descriptor, or -EBADF if it is closed. */
	int fd;
	/* Whether it is held open, because it is not ".." of the directory below it. */
	bool is_held;
	dev_t dev;
	ino_t ino;
};

/* Whether ".." of @fd is @above. */
static bool is_parent(int fd, const struct dirstack_level *above)
{
	struct stat st;

	return sys_stat(fd, "..", true, &st) == 0 && st.st_dev == above->dev &&
	       st.st_ino == above->ino;
}

/* Close or hold the directory that leaves the window when @fd is pushed. 0, or -ELOOP. */
static int move_window(struct dirstack *s, int fd)
{
	struct dirstack_level *oldest;

	if (s->depth < s->window)
		return 0;
	oldest = &s->levels[s->depth - s->window];
	if (oldest->fd < 0 || oldest->is_held)
		return 0;
	if (is_parent(s->window == 1 ? fd : oldest[1].fd, oldest)) {
		fd_drop(&oldest->fd);
		oldest->fd = -EBADF;
		return 0;
	}
	if (s->held == HELD_MAX)
		return -ELOOP;
	oldest->is_held = true;
	s->held++;
	return 0;
}

int dirstack_push(struct dirstack *s, int *fd, const struct stat *st)
{
	int r = array_grow(&s->levels, &s->room, s->depth, sizeof(*s->levels));

	if (r == 0)
		r = move_window(s, *fd);
	if (r < 0)
		return r;
	s->levels[s->depth++] =
		(struct dirstack_level){ .fd = TAKE_FD(*fd), .dev = st->st_dev, .ino = st->st_ino };
	return 0;
}

int dirstack_top(const struct dirstack *s)
{
	return s->levels[s->depth - 1].fd;
}

int dirstack_fd(const struct dirstack *s, size_t i)
{
	return s->levels[i].fd;
}

/* Open the directory of @level again, as ".." of @below_fd. 0, or -errno. */
static int reopen(struct dirstack_level *level, int below_fd)
{
	CLEANUP_FD int fd = sys_open(below_fd, "..", O_RDONLY | O_DIRECTORY, 0);
	struct stat st;
	int r;

	if (fd == -EACCES) /* search permission only */
		fd = sys_open(below_fd, "..", O_PATH | O_DIRECTORY, 0);
	r = fd < 0 ? fd : sys_fstat(fd, &st);
	if (r < 0)
		return r;
	if (st.st_dev != level->dev || st.st_ino != level->ino)
		return -ESTALE;
	level->fd = TAKE_FD(fd);
	return 0;
}

int dirstack_pop(struct dirstack *s)
{
	struct dirstack_level *below = &s->levels[--s->depth];
	int r = 0;

	if (s->depth > 0 && s->levels[s->depth - 1].fd < 0)
		r = reopen(&s->levels[s->depth - 1], below->fd);
	fd_drop(&below->fd);
	s->held -= below->is_held;
	return r;
}

void dirstack_done(struct dirstack *s)
{
	for (size_t i = 0; i < s->depth; i++)
		fd_drop(&s->levels[i].fd);
	free(s->levels);
	*s = (struct dirstack){ .window = s->window };
}
