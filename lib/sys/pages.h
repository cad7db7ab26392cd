/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The page cache of a file: write it out, read past it, tell how much of it is there and whether
 * two files share a page, and what a mapping says about its file.
 */
#ifndef OVL_SYS_PAGES_H
#define OVL_SYS_PAGES_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/**
 * Write out the dirty pages of @fd, so that all of its data has blocks (FIEMAP_FLAG_SYNC). FICLONE
 * does the same. 0; -EOPNOTSUPP or -ENOTTY if the filesystem has no FIEMAP.
 */
int sys_write_out(int fd);

/** fdatasync(2): the data of @fd, and what is needed to read it, are on stable storage. */
int sys_sync_data(int fd);

/** Write the dirty pages of @fd to its filesystem, but nothing to stable storage
    (sync_file_range(2)). 0, or -errno; -EINVAL, -ENOSYS or -EPERM: that cannot be asked for here.
 */
int sys_write_back(int fd);

/** fsync(2): data and attributes of @fd; of a directory, its names. @fd must not be O_PATH. */
int sys_sync(int fd);

/** syncfs(2) of the filesystem of @fd, which must not be O_PATH. */
int sys_sync_fs(int fd);

/**
 * Let reads and writes of @fd go past the page cache (O_DIRECT), or not. Their buffers, offsets and
 * lengths must be multiples of a block of the device then. -EINVAL: the filesystem cannot do it.
 */
int sys_set_direct(int fd, bool direct);

/** Drop the clean pages of @fd from the page cache (posix_fadvise(2)), so that the next read comes
    from the device. 0, or -errno; pages that cannot be dropped stay. */
int sys_drop_pages(int fd);

/**
 * Number of pages of @fd in the page cache, from @off, @len bytes (cachestat(2), Linux 6.5).
 *
 * 0 for a file on overlayfs, whose pages are those of the file in its layer. -EPERM: the caller
 * neither owns the file nor may write to it (Linux 6.14). -ENOSYS before Linux 6.5.
 */
int64_t sys_cached_pages(int fd, uint64_t off, uint64_t len);

/**
 * The same by mincore(2), also on overlayfs. The caller must own the file or be allowed to write to
 * it: otherwise the kernel says that all pages are there.
 *
 * @off: a multiple of the size of a page. @len: at most SYS_RESIDENT_MAX pages.
 */
int64_t sys_resident_pages(int fd, uint64_t off, uint64_t len);

/** Pages that one call of sys_resident_pages counts at most. */
#define SYS_RESIDENT_MAX 64

/** Size of a page in bytes. */
uint64_t sys_page_size(void);

/**
 * Whether the page at @off bytes of both files is the same page of memory. It is if both are the
 * same inode, also where one of them was opened through overlayfs.
 *
 * @a_fd, @b_fd: open for reading.
 * Returns 1 or 0; -ENODATA if that is unknown: without CAP_SYS_ADMIN or /proc.
 */
int sys_same_page(int a_fd, int b_fd, uint64_t off);

/**
 * The same of their first pages without CAP_SYS_ADMIN, by how often a page is mapped, which every
 * user may see. It sets the atime of @b_fd, if that was not opened with O_NOATIME.
 *
 * Returns 1 or 0; -ENODATA if that is unknown, as for a page that other processes have mapped.
 */
int sys_same_page_by_count(int a_fd, int b_fd);

/**
 * The device that /proc/self/maps shows for a mapping of @fd. Of a file on overlayfs that is the
 * overlay since Linux 6.8 (file_user_inode in fs/proc/task_mmu.c), before that the filesystem of
 * the layer that has its data; measured on Linux 6.18, 6.12 and 6.1.
 *
 * @fd: open for reading, with O_NOATIME: to be mapped counts as access.
 * 0; -ENODATA without /proc, or if the file cannot be mapped.
 */
int sys_mapped_device(int fd, dev_t *ret_dev);

#endif
