/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Inode flags, as far as they decide what can be cloned or written: by statx(2), or by ioctl where
 * statx has no such attribute. The ioctls take an int, although their names say long:
 * ioctl_iflags(2).
 */
#include "sys/flags.h"

#include "sys/statx.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <sys/ioctl.h>

/* Whether @fd has the flag @flag. 1, 0 or -errno. */
static int get_flag(int fd, int flag)
{
	int flags = 0;

	if (ioctl(fd, FS_IOC_GETFLAGS, &flags) < 0)
		return -errno;
	return !!(flags & flag);
}

int sys_get_nocow(int fd)
{
	return get_flag(fd, FS_NOCOW_FL);
}

int sys_get_casefold(int fd)
{
	return get_flag(fd, FS_CASEFOLD_FL);
}

int sys_set_nocow(int fd, bool nocow)
{
	int flags = 0;

	if (ioctl(fd, FS_IOC_GETFLAGS, &flags) < 0)
		return -errno;
	flags = nocow ? flags | FS_NOCOW_FL : flags & ~FS_NOCOW_FL;
	return ioctl(fd, FS_IOC_SETFLAGS, &flags) < 0 ? -errno : 0;
}

uint32_t sys_project(int fd)
{
	struct fsxattr attr = { .fsx_projid = 0 };

	return ioctl(fd, FS_IOC_FSGETXATTR, &attr) < 0 ? 0 : attr.fsx_projid;
}

bool sys_knows_nocow(int fd)
{
	struct sys_statx stx;

	/* of the filesystems that can clone, btrfs supports this attribute, and xfs does not */
	return sys_statx(fd, "", AT_EMPTY_PATH, 0, &stx) == 0 &&
	       (stx.supported & SYS_STATX_COMPRESSED);
}

int sys_get_immutable(int fd)
{
	struct sys_statx stx;
	int r;

	if (sys_statx(fd, "", AT_EMPTY_PATH, 0, &stx) == 0 &&
	    !(stx.attributes & SYS_STATX_IMMUTABLE))
		return 0;
	/* EROFS sets the attribute for every file, because the filesystem is read-only
	   (erofs_getattr), and has no inode flags */
	r = get_flag(fd, FS_IMMUTABLE_FL);
	return r == -ENOTTY ? 0 : r;
}

bool sys_is_append_only(int dir_fd, const char *name)
{
	struct sys_statx stx;

	return sys_statx(dir_fd, name, 0, 0, &stx) == 0 && (stx.attributes & SYS_STATX_APPEND_ONLY);
}
