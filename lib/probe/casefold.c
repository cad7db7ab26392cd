/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Two questions: the kind of the filesystem, and the flag of the directory.
 */
#include "probe/casefold.h"

#include "sys/flags.h"
#include "sys/status.h"

#include <errno.h>
#include <linux/magic.h>
#include <stddef.h>
#include <stdint.h>

bool casefold_is_possible(int fd)
{
	/* exFAT, NTFS (two drivers), CIFS, SMB, HFS+ and FUSE; not all are in linux/magic.h */
	static const uint64_t folding[] = {
		MSDOS_SUPER_MAGIC, 0x2011BAB0, 0x5346544E, 0x7366746E,
		0xFF534D42,	   0xFE534D42, 0x482B,	   FUSE_SUPER_MAGIC,
	};
	uint64_t magic;
	int flag;

	if (sys_fs_magic(fd, &magic) < 0)
		return true;
	for (size_t i = 0; i < sizeof(folding) / sizeof(*folding); i++)
		if (magic == folding[i])
			return true;
	flag = sys_get_casefold(fd);
	return flag != 0 && flag != -ENOTTY && flag != -EOPNOTSUPP && flag != -ENOSYS;
}
