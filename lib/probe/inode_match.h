/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Whether two looks, at a file of an overlay and at a file in a layer, match. No proof: see
 * same_inode.h. Pure.
 */
#ifndef OVL_PROBE_INODE_MATCH_H
#define OVL_PROBE_INODE_MATCH_H

#include "sys/extents.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

/** Whether two times are equal to the nanosecond. */
bool inode_match_time(struct timespec a, struct timespec b);

/** Whether nothing was changed between two looks: size, mtime and ctime are equal. */
bool inode_match_state(const struct stat *a, const struct stat *b);

/**
 * Whether the file @src on an overlay may be the inode @metadata of a layer: size, mtime, ctime,
 * mode and owner are equal, and the lower 32 bits of the inode number, unless @has_origin.
 */
bool inode_match_stat(const struct stat *src, const struct stat *metadata, bool has_origin);

/**
 * Whether two lists of extents are equal and not empty, and the device offset of each is known.
 *
 * @a, @b: lists of @a_count and @b_count extents; NULL if that is 0.
 */
bool inode_match_extents(const struct sys_extent *a, size_t a_count, const struct sys_extent *b,
			 size_t b_count);

#endif
