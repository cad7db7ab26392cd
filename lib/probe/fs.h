/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The name of a filesystem for messages: its type, and its label if that can be read.
 */
#ifndef OVL_PROBE_FS_H
#define OVL_PROBE_FS_H

#include "probe/mount_table.h"

#include <stdbool.h>

/**
 * The name of the filesystem of @fd.
 *
 * @table: table of mounts, or NULL if there is none.
 * @upper: on an overlay, the name of the filesystem of its upper layer instead.
 * Returns a string such as "ext4" or "xfs (label build)", to be freed; NULL if it is unknown, or
 * memory is short. Printable ASCII; other bytes are question marks.
 */
char *fs_name(const struct mount_table *table, int fd, bool upper);

/** Label and UUID of a filesystem; each to be freed, NULL if there is none. */
struct fs_label_uuid {
	/** Label. */
	char *label;
	/** UUID as text. */
	char *uuid;
};

/**
 * Read label and UUID of the filesystem @fs from its block device, such as "/dev/sda1".
 *
 * Loads libblkid. Both are NULL if its source is no block device, or not its own, or not readable.
 */
struct fs_label_uuid fs_label_uuid(const struct mount_table_fs *fs);

#endif
