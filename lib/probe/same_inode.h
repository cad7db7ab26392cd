/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Proof that a layer file is the one that the overlay shows.
 *
 * Overlayfs passes on what the inode in the layer has: size, times, mode, owner, extents, and the
 * pages of its data. The name proves nothing: the layers may have been mounted under other paths,
 * and another file with equal attributes may be there now.
 */
#ifndef OVL_PROBE_SAME_INODE_H
#define OVL_PROBE_SAME_INODE_H

#include "sys/extents.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

/** What is to be proved. Everything is borrowed. */
struct same_inode_question {
	/** The file on the overlay, open for reading. */
	int src_fd;
	/** Its stat, by fstat(2). */
	const struct stat *src;
	/** The layer file, which has the data, open for reading. */
	int data_fd;
	/** The inode in a layer that has the metadata. */
	const struct stat *metadata;
	/** Whether that is another inode than the one of data_fd. */
	bool is_metacopy;
	/** Whether it was copied up: the overlay may show another inode number. */
	bool has_origin;
};

/**
 * Whether the file @src on an overlay may be the inode @metadata of a layer: size, mtime, ctime,
 * mode and owner are equal, and the lower 32 bits of the inode number, unless @has_origin.
 */
bool same_inode_stat(const struct stat *src, const struct stat *metadata, bool has_origin);

/**
 * Whether two lists of extents are equal and not empty, and the device offset of each is known.
 *
 * @a, @b: lists of @a_count and @b_count extents; NULL if that is 0.
 */
bool same_inode_extents(const struct sys_extent *a, size_t a_count, const struct sys_extent *b,
			size_t b_count);

/** Prove it. 0; -ENOENT if it is not proved, for whatever reason; -ENOMEM. */
int same_inode_prove(const struct same_inode_question *q);

#endif
