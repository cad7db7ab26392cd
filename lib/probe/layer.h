/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Which layer of an overlay holds the data of a file.
 */
#ifndef OVL_PROBE_LAYER_H
#define OVL_PROBE_LAYER_H

#include "model/facts.h"
#include "ovlcp.h"
#include "probe/mount_table.h"

#include <linux/magic.h>
#include <stdbool.h>
#include <sys/stat.h>

/* In linux/magic.h since Linux 5.13. */
#ifndef FUSE_SUPER_MAGIC
#define FUSE_SUPER_MAGIC 0x65735546
#endif

/**
 * The layer that holds the data of a file. Changes nothing.
 *
 * @fd: the file, open for reading only; borrowed. @st: its stat, by fstat(2).
 * @mounts, @payload: return the table of mounts, or NULL; not called for a file on a lower layer.
 * Cannot fail: OVLCP_LAYER_UNKNOWN is returned for directories, empty files and others without
 * data; on FUSE filesystems, which may be fuse-overlayfs; if the caller has no permission to ask,
 * see docs/decisions/0011-which-layer.md; on a read-only overlay with an upper layer; and where a
 * file that is not on a lower layer may be a metacopy, but this kernel does not tell.
 */
enum ovlcp_layer layer_of(int fd, const struct stat *st, mount_table_fn *mounts, void *payload);

/**
 * Magic number of the filesystem of @fd, which may be O_PATH: by fstatfs(2), or where that is
 * refused, as by the filter of a container, by the table of mounts; then it is 0 for all but
 * overlayfs and FUSE. @mounts, @payload: as layer_of. Returns 0; or -errno if it cannot be told.
 */
int layer_fs_magic(int fd, mount_table_fn *mounts, void *payload, uint64_t *ret_magic);

/** Whether @fd is on overlayfs; ANSWER_NOT_ASKED if it cannot be told. Arguments as above. */
enum answer layer_on_overlay(int fd, mount_table_fn *mounts, void *payload);

/** Whether @fd, which may be O_PATH, is on a FUSE filesystem: none of them can clone. */
bool layer_is_fuse(int fd);

#endif
