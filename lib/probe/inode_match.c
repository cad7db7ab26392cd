/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Comparisons of what fstat and FIEMAP say of two files.
 */
#include "probe/inode_match.h"

#include <stdint.h>

bool inode_match_time(struct timespec a, struct timespec b)
{
	return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

bool inode_match_state(const struct stat *a, const struct stat *b)
{
	return a->st_size == b->st_size && inode_match_time(a->st_mtim, b->st_mtim) &&
	       inode_match_time(a->st_ctim, b->st_ctim);
}

bool inode_match_stat(const struct stat *src, const struct stat *metadata, bool has_origin)
{
	/* with xino=on the upper bits have the number of the layer */
	const ino_t lower_bits = UINT32_MAX;

	return inode_match_state(src, metadata) && src->st_mode == metadata->st_mode &&
	       src->st_uid == metadata->st_uid && src->st_gid == metadata->st_gid &&
	       (has_origin || ((src->st_ino ^ metadata->st_ino) & lower_bits) == 0);
}

bool inode_match_extents(const struct sys_extent *a, size_t a_count, const struct sys_extent *b,
			 size_t b_count)
{
	if (a_count == 0 || a_count != b_count)
		return false;
	for (size_t i = 0; i < a_count; i++)
		if (!a[i].known || !b[i].known || a[i].logical != b[i].logical ||
		    a[i].physical != b[i].physical || a[i].length != b[i].length)
			return false;
	return true;
}
