/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The way down to a file by one component at a time, on which no symbolic link leads elsewhere.
 */
#ifndef OVL_WALK_DESCEND_H
#define OVL_WALK_DESCEND_H

#include <stdbool.h>

/**
 * Open the directory of the last name of @path, which begins in the directory @fd.
 *
 * @fd: taken, also on failure; it may be a negative number, which is returned. @follow: whether
 * symbolic links are followed all the same. @ret_name: the last name, which points into @path.
 * Returns a descriptor, O_PATH unless it is @fd, that the caller owns; or -errno.
 */
int descend(int fd, const char *path, bool follow, const char **ret_name);

#endif
