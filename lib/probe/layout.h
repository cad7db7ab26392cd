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
struct layout;

/**
 * Read the table. Loads libmount, which nothing else in a plain copy needs.
 * @ret_l: receives the table, to be freed with layout_free.
 * Returns 0; -ENOENT if there is no libmount or no /proc; -ENOMEM.
 */
int layout_open(struct layout **ret_l);

/** Free a table. @l: may be NULL. */
void layout_free(struct layout *l);

/** Device number of the superblock of the mount @id. 0, or -ENOENT if it is not listed. */
int layout_device(const struct layout *l, uint64_t id, dev_t *ret_dev);

/**
 * A mount that shows the root of the superblock of the mount @id: that mount itself, if it does.
 * @ret_id: its id. @ret_path: where it is mounted; borrowed. 0, or -ENOENT if there is none.
 */
int layout_root(const struct layout *l, uint64_t id, uint64_t *ret_id, const char **ret_path);

/** Whether the mount @id is an overlay with index=on, so that hard links survive a copy-up. */
bool layout_has_index(const struct layout *l, uint64_t id);

/**
 * The options of the overlay @id as the kernel lists them, octal escapes and all: for
 * overlay_parse. Belongs to the table. NULL if @id is not listed or is no overlay.
 */
const char *layout_overlay_options(const struct layout *l, uint64_t id);

/** One filesystem, for people. Strings belong to the table. */
struct layout_fs {
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
int layout_fs(const struct layout *l, uint64_t id, struct layout_fs *ret_fs);

/**
 * The filesystem that an absolute @path lies on, by name: no symbolic link is followed, nothing
 * is opened. 0, or -ENOENT if @path is relative or no mount holds it.
 */
int layout_holder(const struct layout *l, const char *path, struct layout_fs *ret_fs);

/**
 * The filesystem that the upper layer of the overlay @id lies on, if this namespace is the
 * one that the overlay was mounted in; a guess by name, to be verified by the caller.
 * 0; -ENOENT if there is no upper layer or no mount can hold it; -ENOMEM.
 */
int layout_upper_fs(const struct layout *l, uint64_t id, struct layout_fs *ret_fs);

#endif
