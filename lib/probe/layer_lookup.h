/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Finding a file of an overlay in its layers, by the rules by which the kernel does.
 *
 * Layer paths are opened here, which nothing else in the library does. They may lead to
 * something else than what was mounted, so what is found is a candidate and no more.
 */
#ifndef OVL_PROBE_SEEK_H
#define OVL_PROBE_SEEK_H

#include "probe/overlay_options.h"

#include <sys/stat.h>

/** What was found in the layers. */
struct layer_file {
	/** The regular file that holds the data: an O_PATH descriptor, owned by the caller. */
	int fd;
	/** Its inode. */
	struct stat st;
	/** The inode whose metadata the overlay shows: st, unless metadata_apart. */
	struct stat shown;
	/** Whether that is an inode of another layer, which has no data of its own (metacopy). */
	bool metadata_apart;
	/** Whether the overlay may show another inode number than that of shown: it was copied
	 * up. */
	bool has_origin;
};

/**
 * Find the file @way (as layer_path_of gives it) in the layers of @o.
 *
 * Opens with O_PATH only, follows no link below the directory of a layer, and does not leave
 * the mount on which that lies.
 * Returns 0; -ENOENT where there is none, or where what this process may see does not decide
 * which one it is; -ENOMEM, -EMFILE, -ENFILE.
 */
int layer_lookup(const struct overlay_options *o, const char *way, struct layer_file *ret_found);

#endif
