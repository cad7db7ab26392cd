/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * RENAME_NOREPLACE is not known to NFS, nor to most filesystems in user space: EINVAL. A hard link
 * replaces no file either. Where there are no hard links, a look has to do, as in cp.
 */
#include "target/rename_new.h"

#include "sys/names.h"
#include "sys/status.h"

#include <errno.h>

static int move_by_link(int dir_fd, const char *from, const char *to)
{
	int r = sys_link(dir_fd, from, dir_fd, to, false);

	if (r < 0)
		return r;
	r = sys_unlink(dir_fd, from);
	if (r < 0)
		(void)sys_unlink(dir_fd, to); /* one name too many; the first failure is returned */
	return r;
}

/* Another process may take the name between the two calls. */
static int look_and_rename(int dir_fd, const char *from, const char *to)
{
	struct stat st;
	int r = sys_stat(dir_fd, to, false, &st);

	return r == -ENOENT ? sys_rename(dir_fd, from, to, true) : r < 0 ? r : -EEXIST;
}

int rename_new(int dir_fd, const char *from, const char *to)
{
	int r = sys_rename(dir_fd, from, to, false);

	/* not known, or denied by the filter of a container */
	if (r != -EINVAL && r != -ENOSYS && r != -EPERM)
		return r;
	r = move_by_link(dir_fd, from, to);
	return r == -EPERM || r == -EOPNOTSUPP || r == -ENOSYS || r == -EMLINK
		       ? look_and_rename(dir_fd, from, to)
		       : r;
}
