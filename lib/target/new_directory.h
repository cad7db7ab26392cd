/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Whether the directory that was opened is the one that was made.
 *
 * mkdir(2) returns no descriptor. Between it and the open, a user who may rename files in the
 * parent directory can put another directory in the place of the new one.
 */
#ifndef OVL_TARGET_NEW_DIRECTORY_H
#define OVL_TARGET_NEW_DIRECTORY_H

#include <sys/stat.h>

/**
 * Check the directory @fd, which was made in @dir_fd with the mode @mode and then opened: it must
 * have the owner of a new file, no more permissions than it was made with, and no entries. One that
 * was put in its place and passes that cannot be told from it, and does no harm.
 *
 * Reads from @fd unless it is O_PATH.
 * Returns 0; -ESTALE if it is another directory; or another -errno.
 */
int new_directory_check(int dir_fd, int fd, mode_t mode);

#endif
