/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Whether a name can be removed, or renamed, without trying it.
 */
#ifndef OVL_TARGET_REMOVABLE_H
#define OVL_TARGET_REMOVABLE_H

/**
 * Check whether @name can be removed, renamed or replaced by a caller who may write to its
 * directory, @dir_fd. It cannot in a directory with the sticky bit if both belong to others, and
 * in one that is append-only, where a new hard link to it could not be removed again either; nor
 * if it is itself append-only or immutable.
 *
 * Returns 0; -EPERM; or the -errno of stat.
 */
int removable_check(int dir_fd, const char *name);

#endif
