/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The name of a filesystem for people: its type, and its label where that can be read.
 */
#ifndef OVL_PROBE_FS_H
#define OVL_PROBE_FS_H

#include "probe/mount_table.h"

/**
 * Name the filesystem that @fd lies on.
 *
 * @l: table of mounts, or NULL if there is none.
 * @upper: on an overlay, name the filesystem of its upper layer instead.
 * Returns a string such as "ext4" or "xfs (label build)", to be freed; NULL where it cannot
 * be told from here, or memory is short.
 */
char *fs_name(const struct mount_table *l, int fd, bool upper);

/** What is written on a device; each to be freed, NULL where there is none. */
struct fs_label_uuid {
	/** Label. */
	char *label;
	/** UUID as text. */
	char *uuid;
};

/**
 * Read the label and the UUID of the filesystem on the device @source, such as "/dev/sda1".
 * Loads libblkid. Both are NULL if @source is NULL or no device, or may not be read.
 */
struct fs_label_uuid fs_label_uuid(const char *source);

/**
 * Whether @fd and the root of the mount at @target show the numbers of one filesystem (see
 * sys_fs_numbers). Opens the mount point.
 */
bool fs_same_statfs(int fd, const char *target);

#endif
