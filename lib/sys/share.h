/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The calls that share extents between files (FICLONE, FICLONERANGE, copy_file_range), and probes
 * made of them and of FIDEDUPERANGE, which change nothing.
 */
#ifndef OVL_SYS_SHARE_H
#define OVL_SYS_SHARE_H

#include <stdint.h>

/** FICLONE: replace the data of @dst_fd, open for writing, by all of @src_fd, shared. */
int sys_clone(int dst_fd, int src_fd);

/**
 * FICLONE of an empty file onto itself: 0 if its filesystem can clone, -EOPNOTSUPP if not.
 * On overlayfs the filesystem of the upper layer answers. @fd must be O_RDWR, else -EBADF (measured
 * on Linux 6.18).
 */
int sys_clone_probe(int fd);

/**
 * FIDEDUPERANGE of one byte of @src_fd onto the empty file @dst_fd, which cannot share anything.
 *
 * Returns the error of the kernel, always negative. On an overlay whose layers are on different
 * filesystems (measured on Linux 6.18): -EXDEV if the inode of @src_fd is on the upper layer and
 * its data on a lower one (metacopy); -EPERM if both are on a lower layer; -EINVAL if both are on
 * the upper layer.
 */
int sys_dedupe_probe(int src_fd, int dst_fd);

/**
 * FIDEDUPERANGE of the first byte of @fd onto itself, which changes nothing: a length below the
 * block size is rounded down to 0.
 *
 * @fd: open for reading, not empty.
 * Returns on an overlay (measured on Linux 6.18; probe/layer.c has the conclusions):
 * -EPERM: the inode is on a lower layer, or the caller has no permission, or the file is immutable;
 * -EROFS: the inode is on the upper layer and its data is not (metacopy), or it is read-only;
 * 0: the filesystem of the upper layer can clone; -EOPNOTSUPP: it was created without that feature;
 * -EINVAL: it cannot.
 */
int sys_layer_probe(int fd);

/** FICLONERANGE of the first @len bytes of @src_fd onto @dst_fd: whole blocks, or 0 for all. */
int sys_clone_range(int dst_fd, int src_fd, uint64_t len);

/**
 * FICLONERANGE of a range of @src_fd that begins at 1 TiB, behind its end, onto @dst_fd: -EINVAL
 * where FICLONE would work, the error of FICLONE elsewhere (measured on Linux 6.18).
 */
int sys_clone_range_probe(int dst_fd, int src_fd);

/**
 * copy_file_range(2) of at most @len bytes at explicit offsets.
 *
 * Returns the number of bytes copied. 0 is not always the end of the file: some filesystems return
 * it instead of an error.
 */
int64_t sys_copy_range(int src_fd, uint64_t src_off, int dst_fd, uint64_t dst_off, uint64_t len);

#endif
