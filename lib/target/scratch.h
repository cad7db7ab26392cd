/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Scratch files: in a dry run a file without a name (O_TMPFILE) takes the place of the destination,
 * on the filesystem where the destination would be.
 */
#ifndef OVL_TARGET_SCRATCH_H
#define OVL_TARGET_SCRATCH_H

#include "session/session.h"

/**
 * Create a scratch file on the filesystem of new files in @dir_fd (a directory, or AT_FDCWD). The
 * kernel removes it when it is closed. On an overlay it is created in the root directory, because
 * O_TMPFILE in another directory copies that directory up (measured on Linux 6.18).
 *
 * Returns a descriptor, O_RDWR, that the caller owns. If no scratch file can be created, returns
 * an O_PATH descriptor of the directory, which identifies the filesystem but cannot be probed; or
 * -errno. @ret_refusal: the -errno by which no other file could be created there either; or 0.
 */
int scratch_open(struct ovlcp *o, int dir_fd, int *ret_refusal);

/**
 * Create a scratch file in the root directory of the overlay that the file @fd is on. Nothing is
 * copied up for it. Returns a descriptor, O_RDWR, that the caller owns; or -errno.
 */
int scratch_open_in_root(struct ovlcp *o, int fd);

/**
 * Give the scratch file @fd the nodatacow flag that the destination would have: that of @name in
 * @dir_fd, an existing file, or "." for a new file. If that cannot be opened for reading, the flag
 * is unchanged.
 *
 * Returns the flag that @fd was created with, 0 or 1: on an overlay that of the root directory,
 * which copied-up files mostly have too. -errno if the filesystem has no such flag.
 */
int scratch_match_nocow(int fd, int dir_fd, const char *name);

#endif
