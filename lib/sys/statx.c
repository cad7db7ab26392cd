/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The only file that includes linux/stat.h. It must not include sys/stat.h: where a C library has
 * a struct statx of its own (musl 1.2.4), the two conflict.
 */
#include "sys/statx.h"

#include "sys/result.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static_assert(SYS_STATX_BASIC == STATX_BASIC_STATS, "as the kernel has it");
static_assert(SYS_STATX_BIRTH == STATX_BTIME, "as the kernel has it");
static_assert(SYS_STATX_COMPRESSED == STATX_ATTR_COMPRESSED, "as the kernel has it");
static_assert(SYS_STATX_IMMUTABLE == STATX_ATTR_IMMUTABLE, "as the kernel has it");
static_assert(SYS_STATX_APPEND_ONLY == STATX_ATTR_APPEND, "as the kernel has it");

int sys_statx(int dir_fd, const char *path, int flags, uint32_t fields, struct sys_statx *ret_stx)
{
	const int sync = flags & AT_STATX_FORCE_SYNC ? 0 : AT_STATX_DONT_SYNC;
	struct statx stx;
	int r = sys_result((int)syscall(SYS_statx, dir_fd, path, flags | sync, fields, &stx));

	if (r < 0)
		return r == -ENOSYS ? -EOPNOTSUPP : r;
	*ret_stx = (struct sys_statx){
		.fields = stx.stx_mask,
		.attributes = stx.stx_attributes,
		.supported = stx.stx_attributes_mask,
		.birth = { stx.stx_btime.tv_sec, stx.stx_btime.tv_nsec },
	};
#ifdef HAVE_STRUCT_STATX_STX_MNT_ID
	ret_stx->mount_id = stx.stx_mnt_id;
#else /* headers of a kernel before 5.8 */
	ret_stx->fields &= ~(uint32_t)(SYS_STATX_MOUNT_ID | SYS_STATX_UNIQUE_MOUNT_ID);
#endif
	return 0;
}
