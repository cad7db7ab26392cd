/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Files without a name, which no other process can open.
 */
#ifndef OVL_EXEC_UNNAMED_H
#define OVL_EXEC_UNNAMED_H

/**
 * Create a file without a name on the filesystem of new files in the directory @dir_fd: by
 * O_TMPFILE or, where that is not supported, under a temporary name that is removed at once.
 *
 * Returns a descriptor, O_RDWR, that the caller owns; the file goes away when it is closed. Or
 * -errno.
 */
int exec_open_unnamed(int dir_fd);

#endif
