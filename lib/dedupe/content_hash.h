/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A hash of 128 bits (XXH3) of the contents of a file, or of where they are on the device.
 *
 * It says which files may be equal. That they are, the kernel finds out.
 */
#ifndef OVL_DEDUPE_CONTENT_HASH_H
#define OVL_DEDUPE_CONTENT_HASH_H

#include <stdatomic.h>
#include <stdint.h>
#include <sys/types.h>

/** The hash. */
struct content_hash {
	/** Its upper 64 bits. */
	uint64_t high;
	/** Its lower 64 bits. */
	uint64_t low;
};

/** Order of hashes: less than, equal to or greater than 0. */
int content_hash_compare(const struct content_hash *a, const struct content_hash *b);

/**
 * Hash the first @len bytes of @fd. Whether zeros are holes makes no difference; holes are not
 * read.
 *
 * @buffer: EXEC_BUFFER_SIZE bytes, whose contents are lost.
 * Returns 0; -ECANCELED once @cancelled is set; or another -errno.
 */
int content_hash_read(int fd, uint64_t len, void *buffer, const atomic_bool *cancelled,
		      struct content_hash *ret_hash);

/**
 * Hash the places of the @len bytes of @fd on the filesystem @dev: files of equal ones share all
 * blocks, and so are equal.
 *
 * Returns 1; 0 if a place is not known; or -errno.
 */
int content_hash_places(int fd, uint64_t len, dev_t dev, struct content_hash *ret_hash);

#endif
