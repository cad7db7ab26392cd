/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * On which layer of an overlay the data of a file lies.
 */
#ifndef OVL_PROBE_LAYER_H
#define OVL_PROBE_LAYER_H

#include "ovlcp.h"
#include "probe/overlay_relation.h"

#include <sys/stat.h>

/**
 * Tell on which layer the data of a file lies. Creates nothing and changes nothing.
 *
 * @fd: the file, open for reading only; borrowed. @st: what fstat says of it.
 * @layout, @payload: give the table of mounts, which is read only where all is read-only or the
 * file may be metadata-only; see mount_table_fn. It may give NULL.
 * Cannot fail: OVLCP_LAYER_UNKNOWN is an answer. It is that of directories, empty files and
 * whatever else holds no data; of FUSE filesystems, any of which may be a fuse-overlayfs; where
 * the caller may not ask, see docs/decisions/0011-which-layer.md; and of a read-only overlay
 * that has an upper layer.
 */
enum ovlcp_layer layer_of(int fd, const struct stat *st, mount_table_fn *layout, void *payload);

/** Whether @fd, which may be open by O_PATH, lies on an overlay of the kernel. */
bool layer_is_overlay(int fd);

/** Whether @fd, which may be open by O_PATH, lies on a FUSE filesystem: none of them can clone. */
bool layer_is_fuse(int fd);

#endif
