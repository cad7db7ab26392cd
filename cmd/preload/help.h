/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is done about one call of this process.
 *
 * No function changes errno, or does anything within itself: what a copy-up calls goes on to
 * the next library.
 */
#ifndef OVL_PRELOAD_HELP_H
#define OVL_PRELOAD_HELP_H

#include <stdbool.h>
#include <sys/types.h>

/**
 * After a clone or copy from @src_fd into @dst_fd has failed with EXDEV: copy up the source, if it
 * is on a lower layer of the overlay that both are on, and the policy wants it. Returns whether the
 * call is to be tried again.
 */
bool help_clone(int src_fd, int dst_fd);

/**
 * As help_clone, after copy_file_range(@src_fd, @src_off, @dst_fd, @dst_off, @len) has failed with
 * EXDEV: only if the call can share.
 */
bool help_copy_range(int src_fd, const off_t *src_off, int dst_fd, const off_t *dst_off,
		     size_t len);

/**
 * Before sendfile(@dst_fd, @src_fd, @offset, @count): do what it is to do by a clone, if that is
 * possible. Returns the bytes, more than 0, with the offsets moved; or 0: nothing was done.
 */
ssize_t help_sendfile(int dst_fd, int src_fd, off_t *offset, size_t count);

#endif
