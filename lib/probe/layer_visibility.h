/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Which layers of an overlay can be reached in this mount namespace, without opening them.
 */
#ifndef OVL_PROBE_LAYER_VISIBILITY_H
#define OVL_PROBE_LAYER_VISIBILITY_H

#include "probe/mount_table.h"
#include "probe/overlay_options.h"

#include <stdbool.h>
#include <stdint.h>

/**
 * Whether the layer directories of @o are in this mount namespace, as far as that can be told: the
 * mount that contains the upper layer (or the topmost lower one, if there is none) has the same
 * statfs counts as the overlay. See fs_same_statfs for its limits.
 *
 * @fd: a file on the overlay; borrowed. @id: id of the mount that it was opened through.
 */
bool layers_are_local(const struct mount_table *table, const struct overlay_options *o, int fd,
		      uint64_t id);

/**
 * The filesystem that contains the layer directory @path of the overlay with the mount id @id. A
 * guess by its path, which holds if layers_are_local.
 *
 * Returns 0; -ENOENT if the path is relative, or is on the overlay itself or on the root of a
 * container.
 */
int layer_visible_fs(const struct mount_table *table, uint64_t id, const char *path,
		     struct mount_table_fs *ret_fs);

#endif
