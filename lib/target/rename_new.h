/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A rename that replaces no file, also on filesystems that know no such rename.
 */
#ifndef OVL_TARGET_RENAME_NEW_H
#define OVL_TARGET_RENAME_NEW_H

/**
 * Rename @from in the directory @dir_fd to @to, if that name is free.
 * Returns 0; or -errno, -EEXIST if it is not, and the file has its old name alone.
 */
int rename_new(int dir_fd, const char *from, const char *to);

#endif
