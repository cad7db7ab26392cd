/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Flags of a file beyond its mode: nodatacow, immutable, append-only (chattr(1), statx(2)).
 */
#ifndef OVL_SYS_FLAGS_H
#define OVL_SYS_FLAGS_H

#include <stdbool.h>

/** Whether the file behind @fd is immutable (chattr +i), by statx(2). */
bool sys_is_immutable(int fd);

/** Whether nothing but appending is allowed to @name in @dir_fd (chattr +a). */
bool sys_is_append_only(int dir_fd, const char *name);

/**
 * Whether @fd has the flag C of chattr(1) (FS_NOCOW_FL): btrfs writes it in place then, and clones
 * only between files that agree in it. 1 or 0; -errno where there are no such flags.
 */
int sys_get_nocow(int fd);

/**
 * Give the empty file @fd that flag, or take it away, and with it the checksums (nodatasum):
 * without the flag the file has them, whatever the mount options say (measured on Linux 6.18).
 */
int sys_set_nocow(int fd, bool nocow);

/**
 * Whether that flag may mean something on the filesystem of @fd, by what statx(2) says about
 * compression; on an overlay the one below answers. Changes nothing.
 */
bool sys_knows_nocow(int fd);

#endif
