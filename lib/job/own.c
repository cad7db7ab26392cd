/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Whether a copy that goes down into a directory would run into what it is making itself: it
 * would never end, as it would find there what it has just put there.
 *
 * A directory that was made in a new one is not listed, so that a copy of any size needs no
 * memory for this. By its name it is met through the new one only, which is listed; behind a
 * link, which may lead to any depth, everything above it is looked at.
 */
#include "job/copy.h"

#include "base/fd.h"
#include "sys/sys.h"

#include <errno.h>
#include <fcntl.h>

bool own_is_behind_link(const struct source *src)
{
	struct stat st;

	return src->follow && sys_stat(src->at_fd, src->name, false, &st) == 0 &&
	       S_ISLNK(st.st_mode);
}

bool own_has(const struct dest *p, const struct source *src)
{
	CLEANUP_FD int fd = -EBADF;
	struct stat at = src->st;
	struct stat below;

	if (inodeset_has(&p->made, &at, ""))
		return true;
	if (!p->made.head || !own_is_behind_link(src))
		return false;
	fd = sys_open(src->at_fd, src->name, O_PATH | O_DIRECTORY, 0);
	do {
		int up = fd < 0 ? fd : sys_open(fd, "..", O_PATH | O_DIRECTORY, 0);

		fd_drop(&fd);
		fd = up;
		below = at;
		if (fd < 0 || sys_fstat(fd, &at) < 0)
			return false; /* it cannot be copied from either */
		if (inodeset_has(&p->made, &at, ""))
			return true;
	} while (!inode_same(&at, &below));
	return false;
}
