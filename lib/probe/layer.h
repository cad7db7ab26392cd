/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Which layer of an overlay holds the data of a file.
 */
#ifndef OVL_PROBE_LAYER_H
#define OVL_PROBE_LAYER_H

#include "ovlcp.h"
#include "probe/mount_table.h"

#include <stdbool.h>
#include <sys/stat.h>

/**
 * The layer that holds the data of a file. Changes nothing.
 *
 * @fd: the file, open for reading only; borrowed. @st: its stat, by fstat(2).
 * @mounts, @payload: return the table of mounts, or NULL; called only if the overlay is read-only
 * or the file may be a metacopy.
 * Cannot fail: OVLCP_LAYER_UNKNOWN is returned for directories, empty files and others without
 * data; on FUSE filesystems, which may be fuse-overlayfs; if the caller has no permission to ask,
 * see docs/decisions/0011-which-layer.md; and on a read-only overlay with an upper layer.
 */
enum ovlcp_layer layer_of(int fd, const struct stat *st, mount_table_fn *mounts, void *payload);

/** Whether @fd, which may be O_PATH, is on overlayfs. */
bool layer_is_overlay(int fd);

/** Whether @fd, which may be O_PATH, is on a FUSE filesystem: none of them can clone. */
bool layer_is_fuse(int fd);

#endif
