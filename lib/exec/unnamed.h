/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Files without a name, which no other process can open.
 */
#ifndef OVL_EXEC_UNNAMED_H
#define OVL_EXEC_UNNAMED_H

#include <sys/types.h>

/**
 * Create a file without a name, which can get one later (sys_link_fd), on the filesystem of new
 * files in the directory @dir_fd: by O_TMPFILE. @mode: less the umask, or as the default ACL of
 * the directory says.
 *
 * Returns a descriptor, O_RDWR, that the caller owns. -EOPNOTSUPP: not supported there (overlayfs
 * before Linux 6.10, many servers), or without /proc it could not get a name. Or another -errno.
 */
int exec_open_linkable(int dir_fd, mode_t mode);

/**
 * Create a file without a name on the filesystem of new files in the directory @dir_fd: by
 * O_TMPFILE or, where that is not supported, under a temporary name that is removed at once.
 *
 * Returns a descriptor, O_RDWR, that the caller owns; the file goes away when it is closed. Or
 * -errno.
 */
int exec_open_unnamed(int dir_fd);

#endif
