/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Whether a copy that goes down into a directory would run into what it is making itself: it
 * would never end, as it would find there what it has just put there.
 *
 * A directory that was made in a new one is not listed, so that a copy of any size needs no
 * memory for this. By its name it is met through the new one only, which is listed; behind a
 * link, which may lead to any depth, everything above it is looked at.
 *
 * Numbers do not tell where another filesystem shows what was made, as an overlay does.
 */
#include "copy/context.h"

#include "base/fd.h"
#include "sys/descriptor.h"
#include "sys/status.h"

#include <errno.h>
#include <fcntl.h>

bool is_reached_by_symlink(const struct source *src)
{
	struct stat st;

	return src->follow && sys_stat(src->at_fd, src->name, false, &st) == 0 &&
	       S_ISLNK(st.st_mode);
}

static bool is_same_time(struct timespec a, struct timespec b)
{
	return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

/*
 * Whether @fd, with @st, is the new directory as another filesystem shows it: an overlay does so
 * with what is made in its upper layer. It has other numbers there, but the same times; and the
 * mode of a directory in work, which one that was made elsewhere at that moment hardly has.
 */
static bool is_view(const struct dest *p, int fd, const struct stat *st)
{
	struct timespec btime;
	struct stat own;
	size_t i = 0;

	while (i < p->dirs.depth && !p->levels[i].target.created)
		i++;
	if (i == p->dirs.depth || st->st_dev == p->levels[i].target.st.st_dev || !p->btime.tv_sec ||
	    sys_birth(fd, &btime) < 0 || !is_same_time(btime, p->btime))
		return false;
	if (dirstack_fd(&p->dirs, i) < 0 || sys_fstat(dirstack_fd(&p->dirs, i), &own) < 0)
		return true;
	return own.st_mode == st->st_mode && is_same_time(own.st_ctim, st->st_ctim) &&
	       is_same_time(own.st_mtim, st->st_mtim);
}

static bool is_made(const struct dest *p, int fd, const struct stat *st)
{
	return inodeset_has(&p->made, st, "") || is_view(p, fd, st);
}

bool is_own_output(const struct dest *p, const struct source *src)
{
	CLEANUP_FD int fd = -EBADF;
	struct stat at = src->st;
	struct stat below;
	bool made;

	if (!p->made.head)
		return false;
	fd = sys_open(src->at_fd, src->name, O_PATH | O_DIRECTORY | (src->follow ? 0 : O_NOFOLLOW),
		      0);
	made = fd >= 0 && is_made(p, fd, &at);
	if (made || !is_reached_by_symlink(src))
		return made;
	do {
		int up = fd < 0 ? fd : sys_open(fd, "..", O_PATH | O_DIRECTORY, 0);

		fd_drop(&fd);
		fd = up;
		below = at;
		if (fd < 0 || sys_fstat(fd, &at) < 0)
			return false; /* it cannot be copied from either */
		made = is_made(p, fd, &at);
	} while (!made && !inode_same(&at, &below));
	return made;
}
