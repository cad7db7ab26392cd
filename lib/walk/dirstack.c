/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A stack of directories, of which a window is open.
 *
 * The way back up is "..", which somebody may have changed by moving a directory: device and
 * inode number tell. A symbolic link cannot be met on that way. But ".." of a directory that was
 * entered by a link is not where the link is: then the directory above stays open.
 */
#include "walk/dirstack.h"

#include "base/array.h"
#include "base/fd.h"
#include "sys/descriptor.h"
#include "sys/status.h"

#include <errno.h>
#include <fcntl.h>

/* The kernel follows no more links in one path, so there is no tree that cp could copy with more
   of them on a way down. */
#define HELD_MAX 40

struct dirstack_level {
	/* Open, or -EBADF. */
	int fd;
	/* Whether it is open for being no ".." of the one below. */
	bool held;
	dev_t dev;
	ino_t ino;
};

static bool leads_back(int fd, const struct dirstack_level *above)
{
	struct stat st;

	return sys_stat(fd, "..", true, &st) == 0 && st.st_dev == above->dev &&
	       st.st_ino == above->ino;
}

/* Close what leaves the window when @fd comes in, if there is a way back. 0, or -ELOOP. */
static int make_way(struct dirstack *s, int fd)
{
	struct dirstack_level *oldest;

	if (s->depth < s->window)
		return 0;
	oldest = &s->levels[s->depth - s->window];
	if (oldest->fd < 0 || oldest->held)
		return 0;
	if (leads_back(s->window == 1 ? fd : oldest[1].fd, oldest)) {
		fd_drop(&oldest->fd);
		oldest->fd = -EBADF;
		return 0;
	}
	if (s->held == HELD_MAX)
		return -ELOOP;
	oldest->held = true;
	s->held++;
	return 0;
}

int dirstack_push(struct dirstack *s, int fd, const struct stat *st)
{
	int r = array_grow(&s->levels, &s->room, s->depth, sizeof(*s->levels));

	if (r == 0)
		r = make_way(s, fd);
	if (r < 0) {
		fd_drop(&fd);
		return r;
	}
	s->levels[s->depth++] =
		(struct dirstack_level){ .fd = fd, .dev = st->st_dev, .ino = st->st_ino };
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

static int reopen(struct dirstack_level *level, int below_fd)
{
	CLEANUP_FD int fd = sys_open(below_fd, "..", O_RDONLY | O_DIRECTORY, 0);
	struct stat st;
	int r;

	if (fd == -EACCES) /* may be entered, but not read */
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
	s->held -= below->held;
	return r;
}

bool dirstack_has(const struct dirstack *s, const struct stat *st)
{
	for (size_t i = s->depth; i-- > 0;)
		if (s->levels[i].dev == st->st_dev && s->levels[i].ino == st->st_ino)
			return true;
	return false;
}

void dirstack_done(struct dirstack *s)
{
	for (size_t i = 0; i < s->depth; i++)
		fd_drop(&s->levels[i].fd);
	free(s->levels);
	*s = (struct dirstack){ .window = s->window };
}
