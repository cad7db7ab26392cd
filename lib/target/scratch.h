/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What a dry run has in the place of a destination: a file without a name, on the filesystem
 * where the destination would be.
 */
#ifndef OVL_TARGET_SCRATCH_H
#define OVL_TARGET_SCRATCH_H

#include "session/session.h"

/**
 * Make such a file where entries of @dir_fd (a directory, or AT_FDCWD) would be. It is gone
 * when it is closed. On an overlay it is made in the root: anywhere else that would copy up the
 * directory (measured on Linux 6.18).
 * Returns an fd, O_RDWR, that the caller owns; where none can be made, one of the directory
 * itself by O_PATH, which answers no question but where it is; or -errno.
 */
int scratch_open(struct ovlcp *o, int dir_fd);

/**
 * Give the stage @fd the nodatacow flag of @name in @dir_fd: a file that it stands for, or "." for
 * a new one there. What cannot be opened for reading leaves it as it is. Returns the flag that it
 * was made with, which is that of the root of an overlay, and mostly that of what is copied up;
 * -errno where there are no such flags.
 */
int scratch_match_nocow(int fd, int dir_fd, const char *name);

#endif
