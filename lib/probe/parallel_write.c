/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A list of filesystems, measured (docs/decisions/0017-big-data.md). btrfs is not in it: a second
 * thread takes half as much CPU time again there and gains nothing.
 */
#include "probe/parallel_write.h"

#include "sys/flags.h"
#include "sys/status.h"

#include <linux/magic.h>
#include <stdint.h>

bool parallel_write_pays(int fd, bool clones)
{
	uint64_t magic;

	if (sys_fs_magic(fd, &magic) < 0)
		return false;
	/* an overlay is as fast as its upper layer: of those that clone, btrfs has this flag */
	if (magic == OVERLAYFS_SUPER_MAGIC)
		return !(clones && sys_knows_nocow(fd));
	return magic == EXT4_SUPER_MAGIC || magic == XFS_SUPER_MAGIC || magic == TMPFS_MAGIC;
}
