/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Filesystems without a copy_file_range of their own.
 *
 * NFS, SMB, Ceph and FUSE have one (their copy_file_range in struct file_operations, Linux 6.18):
 * a server, or a program, copies there. Others share by it where they know FICLONE, and are asked
 * by that. An overlay passes the call on to its upper layer, which is taken for one of these here:
 * no server's filesystem can be an upper layer.
 */
#include "probe/cfr_offload.h"

#include "sys/status.h"

#include <linux/magic.h>
#include <stddef.h>

/* Not in the linux/magic.h of all that this is built with. */
#ifndef EXFAT_SUPER_MAGIC
#define EXFAT_SUPER_MAGIC 0x2011BAB0UL
#endif

bool cfr_offload_is_known_none(int fd)
{
	static const uint64_t list[] = {
		EXT4_SUPER_MAGIC, /* and ext2, ext3 */
		XFS_SUPER_MAGIC,   TMPFS_MAGIC,	      RAMFS_MAGIC,	     F2FS_SUPER_MAGIC,
		MSDOS_SUPER_MAGIC, EXFAT_SUPER_MAGIC, OVERLAYFS_SUPER_MAGIC,
	};
	uint64_t magic;

	if (sys_fs_magic(fd, &magic) < 0)
		return false;
	for (size_t i = 0; i < sizeof(list) / sizeof(*list); i++)
		if (list[i] == magic)
			return true;
	return false;
}
