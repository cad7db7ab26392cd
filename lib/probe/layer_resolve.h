/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Makes relative paths of layers absolute.
 */
#ifndef OVL_PROBE_LAYER_RESOLVE_H
#define OVL_PROBE_LAYER_RESOLVE_H

#include "probe/mount_table.h"
#include "probe/overlay_options.h"

#include <stdint.h>

/**
 * Make the relative paths in @o absolute, if the directory that they are relative to can be found.
 *
 * That was the working directory of the mount call, which the kernel does not list. Container
 * engines change to the directory of their storage, which the absolute paths of the upper layer and
 * the mount point lead through. So the nearest of their parent directories is taken in which every
 * relative path is a directory: a guess, which layers_are_local and same_inode_prove verify.
 *
 * @id: id of a mount of the overlay. Nothing is opened.
 * Returns 0, also if a path stays relative; or -ENOMEM.
 */
int layer_resolve(const struct mount_table *table, uint64_t id, struct overlay_options *o);

#endif
