/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Whether an overlay may have files whose data is in another inode than their metadata (metacopy).
 */
#ifndef OVL_PROBE_METACOPY_H
#define OVL_PROBE_METACOPY_H

#include "probe/mount_table.h"
#include "probe/overlay_options.h"

#include <stdbool.h>

/** Whether an overlay with the options @o may have such files; true if that is unknown. */
bool metacopy_is_allowed(const struct overlay_options *o);

/**
 * Whether the file @fd may be one, so that its times and its owner need not be those of the inode
 * that has its data: it is on an overlay that allows it, or that has a lower layer on an overlay.
 * True if that is unknown.
 *
 * @mounts, @payload: return the table of mounts, or NULL.
 */
bool metacopy_is_possible(int fd, mount_table_fn *mounts, void *payload);

/**
 * Whether a lower layer of the overlay that @fd is on lies on the filesystem that @other_fd is on,
 * as far as the layers can be seen here. @mounts, @payload: as above.
 */
bool metacopy_has_layer_with(int fd, int other_fd, mount_table_fn *mounts, void *payload);

#endif
