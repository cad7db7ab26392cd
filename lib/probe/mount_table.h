/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The mounts of this mount namespace, as /proc/self/mountinfo lists them, with the options of
 * overlays.
 *
 * Nothing is opened but that file. The layers of an overlay may be in another mount namespace, so
 * the path of a layer is only compared with the mount points of the same table.
 */
#ifndef OVL_PROBE_MOUNT_TABLE_H
#define OVL_PROBE_MOUNT_TABLE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/** The table of mounts at the time when it was read. */
struct mount_table;

/**
 * Returns the table of mounts, which is read in the first call; NULL if there is none.
 *
 * @payload: of the caller. A table is expensive, so functions that need it only in rare cases take
 * a mount_table_fn.
 */
typedef const struct mount_table *mount_table_fn(void *payload);

/**
 * Read the table. libmount is loaded when a function below needs it, which says so; without it such
 * a function finds nothing.
 *
 * @ret_table: to be freed with mount_table_free.
 * Returns 0; -ENOENT if there is no /proc; -ENOMEM.
 */
int mount_table_open(struct mount_table **ret_table);

/** Free a table. @table: may be NULL. */
void mount_table_free(struct mount_table *table);

/** Device number of the superblock of the mount @id. 0, or -ENOENT if @id is not in the table. */
int mount_table_device(const struct mount_table *table, uint64_t id, dev_t *ret_dev);

/**
 * Find a mount of the root directory of the same superblock as the mount @id: that mount itself, if
 * it is one. Loads libmount.
 *
 * @ret_id: its id. @ret_path: its mount point; belongs to the table.
 * Returns 0, or -ENOENT if there is none.
 */
int mount_table_root(const struct mount_table *table, uint64_t id, uint64_t *ret_id,
		     const char **ret_path);

/**
 * The options of the overlay with the mount id @id, as the kernel lists them with octal escapes:
 * input for overlay_options_parse. Belongs to the table. NULL if @id is not in the table, or is no
 * overlay.
 */
const char *mount_table_overlay_options(const struct mount_table *table, uint64_t id);

/** Whether the mount @id is listed as fuse-overlayfs, which names itself so. */
bool mount_table_is_fuse_overlay(const struct mount_table *table, uint64_t id);

/** A mount. Strings belong to the table. */
struct mount_table_fs {
	/** Type of the filesystem, such as "ext4". */
	const char *type;
	/** Source of the mount, such as a device node; or NULL. */
	const char *source;
	/** Mount point. */
	const char *target;
	/** Path of the mounted directory (or file) in the filesystem, "/" for its root; or NULL. */
	const char *root;
	/** Device number of the superblock. */
	dev_t device;
};

/** The mount @id. Loads libmount. 0, or -ENOENT if it is not in the table. */
int mount_table_fs(const struct mount_table *table, uint64_t id, struct mount_table_fs *ret_fs);

/**
 * The mount that contains the absolute path @path, by its text: symbolic links are not resolved.
 * Loads libmount. 0, or -ENOENT if @path is relative, or below no mount point.
 */
int mount_table_holder(const struct mount_table *table, const char *path,
		       struct mount_table_fs *ret_fs);

#endif
