/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The mounts of this process as the kernel lists them: which overlay, which layers.
 *
 * Read as text. The layers of an overlay may belong to another mount namespace, so a layer
 * path is compared with names in the same table and never opened.
 */
#ifndef OVL_PROBE_LAYOUT_H
#define OVL_PROBE_LAYOUT_H

#include "model/facts.h"

#include <sys/types.h>

/** The table of mounts at the time it was read. */
struct mount_table;

/**
 * Read the table. Loads libmount, which nothing else in a plain copy needs.
 * @ret_l: receives the table, to be freed with mount_table_free.
 * Returns 0; -ENOENT if there is no libmount or no /proc; -ENOMEM.
 */
int mount_table_open(struct mount_table **ret_l);

/** Free a table. @l: may be NULL. */
void mount_table_free(struct mount_table *l);

/** Device number of the superblock of the mount @id. 0, or -ENOENT if it is not listed. */
int mount_table_device(const struct mount_table *l, uint64_t id, dev_t *ret_dev);

/**
 * A mount that shows the root of the superblock of the mount @id: that mount itself, if it does.
 * @ret_id: its id. @ret_path: where it is mounted; borrowed. 0, or -ENOENT if there is none.
 */
int mount_table_root(const struct mount_table *l, uint64_t id, uint64_t *ret_id,
		     const char **ret_path);

/** Whether the mount @id is an overlay with index=on, so that hard links survive a copy-up. */
bool mount_table_has_index(const struct mount_table *l, uint64_t id);

/**
 * The options of the overlay @id as the kernel lists them, octal escapes and all: for
 * overlay_options_parse. Belongs to the table. NULL if @id is not listed or is no overlay.
 */
const char *mount_table_overlay_options(const struct mount_table *l, uint64_t id);

/** One filesystem, for people. Strings belong to the table. */
struct mount_table_fs {
	/** Type, such as "ext4". */
	const char *type;
	/** What is mounted, such as a device node, or NULL. */
	const char *source;
	/** Where it is mounted. */
	const char *target;
	/** What of it is mounted there, a path from its own root: "/" if all is; or NULL. */
	const char *root;
	/** Device number of its superblock. */
	dev_t device;
};

/** The filesystem of the mount @id. 0, or -ENOENT if it is not listed. */
int mount_table_fs(const struct mount_table *l, uint64_t id, struct mount_table_fs *ret_fs);

/**
 * The filesystem that an absolute @path lies on, by name: no symbolic link is followed, nothing
 * is opened. 0, or -ENOENT if @path is relative or no mount holds it.
 */
int mount_table_holder(const struct mount_table *l, const char *path,
		       struct mount_table_fs *ret_fs);

/**
 * The filesystem that the upper layer of the overlay @id lies on, if this namespace is the
 * one that the overlay was mounted in; a guess by name, to be verified by the caller.
 * 0; -ENOENT if there is no upper layer or no mount can hold it; -ENOMEM.
 */
int mount_table_upper_fs(const struct mount_table *l, uint64_t id, struct mount_table_fs *ret_fs);

#endif
