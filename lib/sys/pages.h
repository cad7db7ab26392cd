/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Pages of a file in memory: writing them out, and telling whether two files share one.
 */
#ifndef OVL_SYS_PAGES_H
#define OVL_SYS_PAGES_H

#include <stdint.h>

/**
 * Write out what is pending of the data of @fd, so that all of it has a place (FIEMAP_FLAG_SYNC).
 * A clone does it, too. 0; -EOPNOTSUPP or -ENOTTY where there are no extents.
 */
int sys_write_out(int fd);

/**
 * Whether the page at @off of two files is one and the same page in memory, as it is if they are
 * one inode, by whatever filesystem it is seen. The files must be open for reading.
 *
 * Returns 1 or 0; -ENODATA where that cannot be told: without CAP_SYS_ADMIN or /proc.
 */
int sys_same_page(int a_fd, int b_fd, uint64_t off);

#endif
