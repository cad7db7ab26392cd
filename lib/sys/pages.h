/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The page cache of a file: write it out, and tell whether two files share a page.
 */
#ifndef OVL_SYS_PAGES_H
#define OVL_SYS_PAGES_H

#include <stdint.h>

/**
 * Write out the dirty pages of @fd, so that all of its data has blocks (FIEMAP_FLAG_SYNC). FICLONE
 * does the same. 0; -EOPNOTSUPP or -ENOTTY if the filesystem has no FIEMAP.
 */
int sys_write_out(int fd);

/**
 * Whether the page at @off bytes of both files is the same page of memory. It is if both are the
 * same inode, also where one of them was opened through overlayfs.
 *
 * @a_fd, @b_fd: open for reading.
 * Returns 1 or 0; -ENODATA if that is unknown: without CAP_SYS_ADMIN or /proc.
 */
int sys_same_page(int a_fd, int b_fd, uint64_t off);

#endif
