/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * RENAME_NOREPLACE is not known to NFS, nor to most filesystems in user space: EINVAL. A hard link
 * replaces no file either. Where there are no hard links, a look has to do, as in cp.
 */
#include "target/rename_new.h"

#include "sys/names.h"
#include "sys/status.h"
#include "target/removable.h"

#include <errno.h>

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

	if (r != -EINVAL && r != -ENOSYS && r != -EPERM)
		return r;
	/* EPERM of the filter of a container, or of the directory: there a link could be made, and
	   not be removed again */
	r = r == -EPERM ? removable_check(dir_fd, from) : 0;
	if (r < 0)
		return r;
	r = sys_link(dir_fd, from, dir_fd, to, false);
	if (r == -EPERM || r == -EOPNOTSUPP || r == -ENOSYS || r == -EMLINK)
		return look_and_rename(dir_fd, from, to);
	if (r < 0)
		return r;
	r = sys_unlink(dir_fd, from);
	if (r < 0)
		(void)sys_unlink(dir_fd, to); /* one name too many; the first failure is returned */
	return r;
}
