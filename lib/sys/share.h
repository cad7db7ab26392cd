/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The calls that share data between files (FICLONE, FICLONERANGE, copy_file_range), and probes
 * built from them that change nothing.
 */
#ifndef OVL_SYS_SHARE_H
#define OVL_SYS_SHARE_H

#include <stdint.h>

/** FICLONE: @dst gets all data of @src, shared. @dst must be open for writing. */
int sys_clone(int dst_fd, int src_fd);

/**
 * FICLONE of an empty file onto itself: 0 if its filesystem can clone, -EOPNOTSUPP if not.
 * On overlayfs the upper layer answers. Changes nothing. @fd must be O_RDWR, else -EBADF
 * (measured on Linux 6.18).
 */
int sys_clone_probe(int fd);

/**
 * FIDEDUPERANGE of one byte of @src onto the empty @dst, which can share nothing.
 * Returns the kernel's verdict, always negative. On an overlay whose layers lie on different
 * filesystems -EXDEV means that the inode of @src is on the upper layer and its data below
 * (metacopy); -EPERM and -EINVAL are lower and upper (measured on Linux 6.18).
 */
int sys_dedupe_probe(int src_fd, int dst_fd);

/**
 * FIDEDUPERANGE of the first byte of @fd onto itself, which changes nothing: less than a block
 * is rounded down to nothing. @fd: open for reading, not empty. On an overlay (measured on
 * Linux 6.18; probe/layer.c has the meaning):
 * -EPERM: the inode is on a lower layer, or the caller may not ask, or the file is immutable;
 * -EROFS: the inode is on the upper layer, its data is not (metacopy), or all is read-only;
 * 0, -EOPNOTSUPP or -EINVAL: the upper filesystem can clone, could if it were made so, cannot.
 */
int sys_layer_probe(int fd);

/** FICLONERANGE of the first @len bytes of @src onto @dst: whole blocks, or 0 for all. */
int sys_clone_range(int dst_fd, int src_fd, uint64_t len);

/**
 * FICLONERANGE of what lies a TiB behind the end of @src onto @dst: -EINVAL where FICLONE would
 * work, its error where not. Changes nothing (measured on Linux 6.18).
 */
int sys_clone_range_probe(int dst_fd, int src_fd);

/** copy_file_range(2) at explicit offsets. Returns bytes copied; 0 is not always the end. */
int64_t sys_copy_range(int src_fd, uint64_t src_off, int dst_fd, uint64_t dst_off, uint64_t len);

#endif
