/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Bypasses an overlay: opens the layer file of a source, for a destination on the filesystem of
 * that layer.
 *
 * A file on an overlay cannot be cloned to a file outside of it (EXDEV), even if its data is on the
 * filesystem of the destination. Where the layers can be reached, their file can be cloned. See
 * docs/decisions/0012-layer-bypass.md.
 */
#ifndef OVL_PROBE_LAYER_BYPASS_H
#define OVL_PROBE_LAYER_BYPASS_H

#include "probe/mount_table.h"

#include <stdbool.h>
#include <sys/stat.h>

/** The source and the destination. Everything is borrowed. */
struct layer_bypass_question {
	/** The source, a regular file on an overlay, open for reading. */
	int src_fd;
	/** The stat of the source when it was opened. */
	const struct stat *src;
	/** st_dev of the destination, which is outside of the overlay. */
	dev_t dst_dev;
	/** Whether the layer file is wanted on whatever filesystem it is; dst_dev has no meaning.
	 */
	bool any_dev;
	/** Returns the table of mounts. */
	mount_table_fn *mounts;
	/** Is passed to mounts. */
	void *payload;
};

/**
 * Open the layer file of the source.
 *
 * Nothing is written or opened for writing. The file is opened for reading, with O_NOATIME where
 * that is allowed, and proved to be the one that the overlay shows. A file on btrfs is returned
 * whatever its st_dev is, because each subvolume has its own: only a clone tells whether it is on
 * the filesystem of the destination.
 * Returns a descriptor, O_RDONLY, that the caller owns; -ENOENT if there is no layer file, or it
 * cannot be found or proved, or is on another filesystem than the destination; -ENOMEM, -EMFILE,
 * -ENFILE.
 */
int layer_bypass_open(const struct layer_bypass_question *q);

#endif
