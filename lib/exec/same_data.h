/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Whether two files have the same contents.
 */
#ifndef OVL_EXEC_SAME_DATA_H
#define OVL_EXEC_SAME_DATA_H

#include <stdatomic.h>
#include <stdint.h>

/**
 * Compare two regular files, open for reading, from their beginnings to their ends. What is a hole
 * in both is not read.
 *
 * @buffer: EXEC_BUFFER_SIZE bytes, whose contents are lost.
 * @cancelled: set by another thread or a signal handler: stop with -ECANCELED.
 * @ret_offset: receives the first offset in bytes at which they differ; may be NULL.
 * Returns 1 if they are equal, 0 if not; or -errno.
 */
int exec_same_data(int a_fd, int b_fd, void *buffer, const atomic_bool *cancelled,
		   uint64_t *ret_offset);

/** A part of a file: from begin up to end, in bytes. */
struct exec_part {
	/** The first byte. */
	uint64_t begin;
	/** The one after the last; UINT64_MAX: up to the end of the file, and so the lengths, too.
	 */
	uint64_t end;
};

/** The same for a part of both files; what is behind the end of one is not compared. */
int exec_same_part(int a_fd, int b_fd, struct exec_part part, void *buffer,
		   const atomic_bool *cancelled, uint64_t *ret_offset);

/**
 * exec_same_data, with the data read from the device, past the page cache: by O_DIRECT or, where
 * that is not supported, after the pages were dropped from the cache, if the kernel can drop them.
 * What was written is written out first.
 *
 * @a_fd, @b_fd: open for reading; no other thread uses them meanwhile.
 */
int exec_same_stored_data(int a_fd, int b_fd, void *buffer, const atomic_bool *cancelled,
			  uint64_t *ret_offset);

/**
 * Whether two files consist of the same extents of one filesystem, as a clone and its source do.
 *
 * Returns 1; 0 if they do not, or if that is unknown: there is no FIEMAP, or data that has no block
 * of its own; or -errno.
 */
int exec_same_extents(int a_fd, int b_fd);

#endif
