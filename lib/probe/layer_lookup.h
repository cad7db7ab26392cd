/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Finds the layer file of a file on an overlay: the regular file in a layer that holds its data.
 *
 * The look-up follows the rules of the kernel (ovl_lookup). Here the paths of layers are opened,
 * which else only probe/work_dir.c does. Such a path may not lead to the layer that was mounted, so
 * the result is a candidate, which probe/same_inode.h has to prove.
 */
#ifndef OVL_PROBE_LAYER_LOOKUP_H
#define OVL_PROBE_LAYER_LOOKUP_H

#include "probe/overlay_options.h"

#include <stdbool.h>
#include <sys/stat.h>

/** A layer file. */
struct layer_file {
	/** The regular file that holds the data: an O_PATH descriptor, owned by the caller. */
	int fd;
	/** Its inode. */
	struct stat st;
	/** The inode whose metadata the overlay shows: the same, unless is_metacopy. */
	struct stat metadata;
	/** Whether metadata is that of another inode, on a layer above, without data (metacopy). */
	bool is_metacopy;
	/** Whether it was copied up: the overlay may show another inode number than metadata. */
	bool has_origin;
};

/**
 * Look up the layer file with the layer path @path in the layers of @o.
 *
 * Opens with O_PATH only, follows no symbolic link below the directory of a layer, and does not
 * leave the mount on which that directory is.
 * Returns 0; -ENOENT if there is none, or if this process cannot see what decides which one it is;
 * -ENOMEM, -EMFILE, -ENFILE.
 */
int layer_lookup(const struct overlay_options *o, const char *path, struct layer_file *ret_file);

#endif
