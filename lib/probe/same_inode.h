/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Proof that a file found in a layer is the one that the overlay shows.
 *
 * What the overlay shows of a file is what the real file says of itself: size, times, owner, its
 * extents, its pages in memory. The name proves nothing, since the layers may have been mounted
 * by other names, and what lies there now may look alike.
 */
#ifndef OVL_PROBE_PROOF_H
#define OVL_PROBE_PROOF_H

#include "sys/extents.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

/** What is to be proved. Everything is borrowed. */
struct same_inode_question {
	/** The file on the overlay, open for reading. */
	int src_fd;
	/** What fstat says of it. */
	const struct stat *src;
	/** The file with the data in a layer, open for reading. */
	int data_fd;
	/** The inode with the metadata in a layer. */
	const struct stat *shown;
	/** Whether that is another one than that of data_fd. */
	bool metadata_apart;
	/** Whether the overlay may show another inode number than that of shown. */
	bool has_origin;
};

/** Whether @src, seen on an overlay, can be the inode @shown of a layer. */
bool same_inode_stat(const struct stat *src, const struct stat *shown, bool has_origin);

/**
 * Whether two lists of extents are equal and not empty, and each extent has a known place.
 * @a, @b: lists of @a_count and @b_count extents; NULL if that is 0.
 */
bool same_inode_extents(const struct sys_extent *a, size_t a_count, const struct sys_extent *b,
			size_t b_count);

/** Prove it. 0; -ENOENT if it is not proved, for whatever reason; -ENOMEM. */
int same_inode_prove(const struct same_inode_question *q);

/**
 * Whether @b_fd is @a_fd as another filesystem shows it: a file of an overlay and its own file in a
 * layer, which have different numbers and one set of data. Proved by a page of memory where the
 * kernel tells that (root), else by extents and times.
 *
 * @a_fd, @b_fd: regular files, open for reading; borrowed. @a, @b: what fstat says of them.
 * Returns 1 or 0; -errno if it cannot be told.
 */
int same_inode_is_view(int a_fd, const struct stat *a, int b_fd, const struct stat *b);

#endif
