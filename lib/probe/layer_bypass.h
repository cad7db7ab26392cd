/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The way past an overlay: the real file of a layer, for a destination on its filesystem.
 *
 * A file on an overlay cannot be cloned to anywhere outside of it (EXDEV), though its data may
 * well lie on the destination's filesystem. On a host the layers can be seen, and the real file
 * can be cloned.
 */
#ifndef OVL_PROBE_BYPASS_H
#define OVL_PROBE_BYPASS_H

#include "probe/overlay_relation.h"

#include <sys/types.h>

/** What is asked. Everything is borrowed. */
struct layer_bypass_question {
	/** The source, a regular file on an overlay, open for reading. */
	int src_fd;
	/** The source as it was when it was opened. */
	const struct stat *src;
	/** st_dev of the destination, which lies outside of the overlay. */
	dev_t dst_dev;
	/** Gives the table of mounts. */
	mount_table_fn *mounts;
	/** Passed to layout. */
	void *payload;
};

/**
 * Open the real file behind the source in one of its layers.
 *
 * Nothing is written or opened for writing, and what is opened for reading (without a new atime,
 * where that is allowed) is proved to be the very file. Where it lies on btrfs, whose
 * subvolumes each have an st_dev of their own, only a clone tells whether it lies on the
 * filesystem of the destination.
 * Returns a descriptor, O_RDONLY, that the caller owns. -ENOENT if there is none, or it cannot
 * be found or proved, or lies on another filesystem than the destination; -ENOMEM, -EMFILE,
 * -ENFILE.
 */
int layer_bypass_open(const struct layer_bypass_question *q);

#endif
