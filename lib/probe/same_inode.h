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

#include "probe/mount_table.h"

#include <stdbool.h>
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

/** Prove it. 0; -ENOENT if it is not proved, for whatever reason; -ENOMEM. */
int same_inode_prove(const struct same_inode_question *q);

/** Two files of which the one may be the other. Everything is borrowed. */
struct same_inode_view {
	/** A regular file, open for reading. */
	int a_fd;
	/** Another one, likewise. */
	int b_fd;
	/** Returns the table of mounts; called only if nothing else tells. */
	mount_table_fn *mounts;
	/** Is passed to mounts. */
	void *payload;
};

/**
 * Whether the one file is the other as another filesystem shows it: a file of an overlay and its
 * own file in a layer, which have different numbers and one set of data. Proved by a page of memory
 * where the kernel tells that (root), else by extents and times, or by times alone without extents.
 *
 * Returns 1 or 0; -errno if it cannot be told.
 */
int same_inode_is_view(const struct same_inode_view *q);

/**
 * Whether two files with one st_dev may be hard links of one although their numbers differ: some
 * servers of FUSE give each name a number. If their data is equal as well, nothing more is known.
 *
 * @a_fd, @b_fd: open; borrowed. Returns 1 or 0; -errno if one of them cannot be looked at.
 */
int same_inode_may_be_link(int a_fd, int b_fd);

#endif
