/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Whether an overlay can copy files up at all: the kernel writes the copy in the work directory,
 * then moves it to the upper layer.
 */
#ifndef OVL_PROBE_WORK_DIR_H
#define OVL_PROBE_WORK_DIR_H

#include "probe/mount_table.h"
#include "probe/overlay_options.h"

#include <stdbool.h>
#include <stdint.h>

/**
 * Whether a file of the work directory of @o cannot be moved to its upper layer, so that every
 * copy-up fails with EXDEV when all is written (measured on Linux 6.18): the two are in two
 * subvolumes of btrfs, or belong to two projects of xfs or ext4. False if that cannot be told.
 *
 * @o: its paths are those of this mount namespace, see layers_are_local. The two directories are
 * opened for reading.
 */
bool work_dir_is_apart(const struct overlay_options *o);

/**
 * The same for the overlay that @fd was opened on. @upper_fd: a file on its upper layer, or that
 * may be on it: the table of mounts is asked for only if its filesystem has subvolumes or projects.
 * @mounts, @payload: return the table of mounts.
 */
bool work_dir_may_stop_copy_up(int fd, int upper_fd, mount_table_fn *mounts, void *payload);

#endif
