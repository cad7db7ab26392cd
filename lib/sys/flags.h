/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Inode flags: nodatacow, casefold, immutable, append-only (chattr(1), ioctl_iflags(2), statx(2)).
 */
#ifndef OVL_SYS_FLAGS_H
#define OVL_SYS_FLAGS_H

#include <stdbool.h>
#include <stdint.h>

/**
 * Whether the file behind @fd has the immutable flag (chattr +i). A file of a filesystem without
 * inode flags has not, whatever statx(2) says. On an overlay the layer of the file answers.
 *
 * @fd: not O_PATH. Returns 1 or 0; -errno if it cannot be told.
 */
int sys_get_immutable(int fd);

/** Whether @name in @dir_fd is append-only (chattr +a); false if that is unknown. */
bool sys_is_append_only(int dir_fd, const char *name);

/**
 * Whether @fd has the nodatacow flag (FS_NOCOW_FL, chattr +C): btrfs overwrites the data of such a
 * file in place, and clones only between files that both have the flag or both lack it.
 *
 * Returns 1 or 0; -errno if the filesystem has no inode flags.
 */
int sys_get_nocow(int fd);

/**
 * Set or clear the nodatacow flag of the empty file @fd. The flag decides about checksums too
 * (nodatasum): a file from which it was cleared has them, whatever the mount options say (measured
 * on Linux 6.18). 0, or -errno.
 */
int sys_set_nocow(int fd, bool nocow);

/**
 * Whether names in the directory @fd are one name if they differ in case only (FS_CASEFOLD_FL,
 * chattr +F). Returns 1 or 0; -errno if the filesystem has no inode flags.
 */
int sys_get_casefold(int fd);

/**
 * Id of the project, for quotas, that the file behind @fd belongs to (FS_IOC_FSGETXATTR); 0 for
 * none or if that is unknown. @fd must not be O_PATH.
 */
uint32_t sys_project(int fd);

/**
 * Whether the filesystem of @fd may support nodatacow: statx(2) lists STATX_ATTR_COMPRESSED among
 * the attributes that it supports. On an overlay the filesystem of the layer answers.
 */
bool sys_knows_nocow(int fd);

#endif
