/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The functions that the program would have called without this library.
 *
 * They are those of the next library that has them, usually libc, so that another preloaded library
 * and what libc does beside the system call (cancellation, a changed size of time) stay as they
 * are. Before the loader has initialised this library, and where no other has the function, it is
 * the system call.
 */
#ifndef OVL_PRELOAD_NEXT_H
#define OVL_PRELOAD_NEXT_H

#include <sys/types.h>

/** ioctl(2). */
int next_ioctl(int fd, unsigned long request, void *argument);

/** copy_file_range(2). */
ssize_t next_copy_file_range(int src_fd, off_t *src_off, int dst_fd, off_t *dst_off, size_t len,
			     unsigned int flags);

/** sendfile(2). */
ssize_t next_sendfile(int dst_fd, int src_fd, off_t *offset, size_t count);

#endif
