/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The calls that share extents between files (FICLONE, FICLONERANGE, FIDEDUPERANGE,
 * copy_file_range), and probes made of them, which change nothing.
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
 * FIDEDUPERANGE of the @len bytes at @off, a multiple of the block size, of both files: if they are
 * equal, the blocks of @src_fd become those of @dst_fd, too. The kernel locks both, compares them
 * and changes no byte, time or mode of either. A length that does not reach the ends of both files
 * is rounded down to whole blocks, one that is too long for the filesystem is cut.
 *
 * @src_fd, @dst_fd: open for reading. Since Linux 4.19 that is enough for the destination if the
 * caller owns it, may write it, or has CAP_SYS_ADMIN (may_dedupe_file() in fs/remap_range.c).
 * Returns the number of bytes that are done, which Linux 6.18 says of all that it was given, also
 * of what it left out to come to whole blocks; or -errno. -EBADE: they differ. -EPERM: no
 * permission, or immutable; on an overlay, one of them is on a lower layer. -EINVAL: beyond the end
 * of one; on btrfs, they differ in having checksums. -ETXTBSY: swap space. -EXDEV, -EROFS,
 * -EOPNOTSUPP. A length of 1, of longer files, asks for these and shares nothing (all measured on
 * Linux 6.18).
 */
int64_t sys_dedupe(int src_fd, int dst_fd, uint64_t off, uint64_t len);

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
 * -EINVAL: it cannot, or the file has a single byte, which the kernel refuses to share with itself.
 */
int sys_layer_probe(int fd);

/** FICLONERANGE of the first @len bytes of @src_fd onto @dst_fd: whole blocks, or 0 for all. */
int sys_clone_range(int dst_fd, int src_fd, uint64_t len);

/**
 * FICLONERANGE of a range of @src_fd that begins at 4 EiB, behind the end of every file, onto
 * @dst_fd: -EINVAL where FICLONE would work, the error of FICLONE elsewhere (measured on Linux
 * 6.18).
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
