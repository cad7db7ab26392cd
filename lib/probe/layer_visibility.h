/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Which layers of an overlay can be seen from this mount namespace, told without opening them.
 */
#ifndef OVL_PROBE_VISIBLE_H
#define OVL_PROBE_VISIBLE_H

#include "probe/mount_table.h"
#include "probe/overlay_options.h"

/**
 * Whether the paths of @o seem to be of this namespace: a mount that holds its upper layer (the
 * topmost lower one if there is none) shows the same numbers as the overlay. Numbers of two
 * filesystems may be equal by chance, if both are small and empty.
 *
 * @fd: a file on the overlay; borrowed. @id: the mount that it is seen through.
 */
bool layers_are_local(const struct mount_table *l, const struct overlay_options *o, int fd,
		      uint64_t id);

/**
 * The filesystem that a layer of the overlay @id with the name @path can lie on, if
 * layers_are_local. 0, or -ENOENT: the path is relative, or what holds it is the overlay
 * itself, or the root of a container.
 */
int layer_visible_fs(const struct mount_table *l, uint64_t id, const char *path,
		     struct mount_table_fs *ret_fs);

#endif
