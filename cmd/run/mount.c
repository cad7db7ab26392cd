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

static bool find_mount(int fd, struct statx *ret)
{
	return syscall(SYS_statx, fd, "", AT_EMPTY_PATH, STATX_MNT_ID, ret) == 0 &&
	       (ret->stx_mask & STATX_MNT_ID);
}

bool mount_is_same(int a, int b)
{
	struct statx of_a;
	struct statx of_b;

	return find_mount(a, &of_a) && find_mount(b, &of_b) && of_a.stx_mnt_id == of_b.stx_mnt_id;
}
