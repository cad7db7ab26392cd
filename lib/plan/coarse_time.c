/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Timestamps of filesystems that store few digits: a table of what there is.
 *
 * GNU cp finds that out by setting the times of the destination (utimecmpat() of gnulib). Here
 * nothing is changed: that the ctime of a file on a filesystem with nanoseconds has none of the
 * digits that a row cuts off happens to one file in a hundred (100 ns) or fewer, and does harm only
 * if the mtimes are equal in all others.
 */
#include "plan/coarse_time.h"

#include "plan/same_time.h"

#include <stddef.h>
#include <stdint.h>

/* Units in nanoseconds that timestamps are rounded down to, the finest first. */
static const long units[] = {
	100,	    /* NTFS, SMB */
	1000,	    /* UDF, servers of NFS */
	1000000,    /* servers in user space */
	10000000,   /* exFAT */
	1000000000, /* ext4 with inodes of 128 bytes, ext3, HFS+, sshfs */
};

static struct timespec round_down(struct timespec t, long unit)
{
	return (struct timespec){ t.tv_sec, t.tv_nsec - t.tv_nsec % unit };
}

/* Whether @dst looks like a file on FAT, where the mtime has units of two seconds, the ctime is the
   mtime and the atime is a midnight of a time zone (fat_truncate_time() of Linux 5.19 and later).
 */
static bool is_like_fat(const struct stat *dst)
{
	const time_t zone = 15 * 60;

	return plan_same_time(dst->st_ctim, dst->st_mtim) && dst->st_mtim.tv_nsec == 0 &&
	       dst->st_mtim.tv_sec % 2 == 0 && dst->st_atim.tv_nsec == 0 &&
	       dst->st_atim.tv_sec % zone == 0;
}

bool plan_is_coarse_mtime(const struct stat *dst, struct timespec mtime)
{
	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++)
		if (dst->st_ctim.tv_nsec % units[i] == 0 &&
		    plan_same_time(round_down(mtime, units[i]), dst->st_mtim))
			return true;
	return is_like_fat(dst) && mtime.tv_sec == dst->st_mtim.tv_sec + 1;
}
