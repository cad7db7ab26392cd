/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * statx(2) without the C library: musl 1.2.3 does not have it, and what 1.2.4 calls struct statx
 * lacks the id of the mount. So this file must not include sys/stat.h, as lib/sys/statx.c must not.
 */
#include "mount.h"

#include <fcntl.h>
#include <linux/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Look at @path in @dir_fd, or at @dir_fd itself with AT_EMPTY_PATH. Whether its mount is known. */
static bool find_mount(int dir_fd, const char *path, int flags, struct statx *ret)
{
	return syscall(SYS_statx, dir_fd, path, flags, STATX_INO | STATX_MNT_ID, ret) == 0 &&
	       (ret->stx_mask & STATX_MNT_ID);
}

bool mount_is_same(int a, int b)
{
	struct statx of_a;
	struct statx of_b;

	return find_mount(a, "", AT_EMPTY_PATH, &of_a) && find_mount(b, "", AT_EMPTY_PATH, &of_b) &&
	       of_a.stx_mnt_id == of_b.stx_mnt_id;
}

bool mount_find_root(struct mount_root *ret)
{
	struct statx root;

	if (!find_mount(AT_FDCWD, "/", 0, &root))
		return false;
	*ret = (struct mount_root){ root.stx_mnt_id, root.stx_ino, root.stx_dev_major,
				    root.stx_dev_minor };
	return true;
}
