/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * On which layer of an overlay the data of a file lies.
 */
#ifndef OVL_PROBE_LAYER_H
#define OVL_PROBE_LAYER_H

#include "ovlcp.h"

#include <sys/stat.h>

/**
 * Tell the layer of the regular file @fd, which is open for reading; nothing is changed.
 * @st: as it is now. OVLCP_LAYER_UNKNOWN for an empty file, where the caller has no right to
 * write it, on read-only mounts, and on what may be an overlay that is not the kernel's (FUSE).
 */
enum ovlcp_layer layer_of(int fd, const struct stat *st);

/** Whether @fd, which may be open by O_PATH, lies on an overlay of the kernel. */
bool layer_is_overlay(int fd);

#endif
