/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A list of filesystems without copy_file_range in their struct file_operations.
 *
 * NFS, SMB, Ceph and FUSE have it (Linux 6.18): there a server or a program copies. On others the
 * kernel first tries to share extents, as FICLONE does, and then reads and writes. Overlayfs calls
 * copy_file_range on the upper layer, which cannot be a filesystem of a server, so an overlay is in
 * the list.
 */
#include "probe/cfr_offload.h"

#include "sys/status.h"

#include <linux/magic.h>
#include <stddef.h>

/* Missing in the linux/magic.h of older kernels. */
#ifndef EXFAT_SUPER_MAGIC
#define EXFAT_SUPER_MAGIC 0x2011BAB0UL
#endif

bool cfr_offload_is_known_none(int fd)
{
	static const uint64_t without_offload[] = {
		EXT4_SUPER_MAGIC, /* and ext2, ext3 */
		XFS_SUPER_MAGIC,   TMPFS_MAGIC,	      RAMFS_MAGIC,	     F2FS_SUPER_MAGIC,
		MSDOS_SUPER_MAGIC, EXFAT_SUPER_MAGIC, OVERLAYFS_SUPER_MAGIC,
	};
	uint64_t magic;

	if (sys_fs_magic(fd, &magic) < 0)
		return false;
	for (size_t i = 0; i < sizeof(without_offload) / sizeof(*without_offload); i++)
		if (without_offload[i] == magic)
			return true;
	return false;
}
