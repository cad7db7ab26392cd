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
 * The filesystem of the upper layer of @o, or of the topmost lower layer if there is no upper one.
 *
 * Verified by the time of birth of the layer's directory, which is that of the root directory of
 * the overlay (measured on Linux 6.18); where one of them cannot be read, by the size of the
 * filesystem, which two filesystems may have in common.
 *
 * @fd: a file on the overlay; borrowed. @id: id of the mount that it was opened through.
 * Returns 0, or -ENOENT if the layer is not in this mount namespace. Loads libmount.
 */
int layers_top_fs(const struct mount_table *table, const struct overlay_options *o, int fd,
		  uint64_t id, struct mount_table_fs *ret_fs);

/**
 * Whether the paths of the layers of @o belong to this mount namespace, as far as that can be told:
 * whether layers_top_fs finds the topmost one. The path of a layer below it may still lead to
 * something else by now.
 */
bool layers_are_local(const struct mount_table *table, const struct overlay_options *o, int fd,
		      uint64_t id);

/**
 * The filesystem that contains the layer directory @path of the overlay with the mount id @id. A
 * guess by its path, which holds if layers_are_local. Symbolic links on it are followed; nothing is
 * opened.
 *
 * Returns 0; -ENOENT if there is nothing at the path, or it is relative, or is on the overlay
 * itself or on the root of a container.
 */
int layer_visible_fs(const struct mount_table *table, uint64_t id, const char *path,
		     struct mount_table_fs *ret_fs);

#endif
