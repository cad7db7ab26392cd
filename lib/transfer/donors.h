/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Donors: complete destinations from which later destinations are cloned, one or more for each
 * filesystem.
 */
#ifndef OVL_TRANSFER_DONORS_H
#define OVL_TRANSFER_DONORS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

/** Maximum number of donors; a fan-out to more filesystems writes the bytes once more for some. */
#define DONORS_MAX 16

/** A donor. */
struct donor {
	/** Open for reading; owned. */
	int fd;
	/** Result of fstat when the destination was complete, to detect later writes. */
	struct stat st;
	/** Path for the event if close fails; owned. */
	char *path;
	/** Number of the destination in its events. */
	uint64_t id;
};

/** The donors of one fan-out; all-zero is empty. */
struct donors {
	/** The donors; the first count are valid. */
	struct donor list[DONORS_MAX];
	/** Number of donors. */
	size_t count;
};

/** Return whether one more donor can be added. */
bool donors_have_room(const struct donors *d);

/**
 * Add the destination @id as a donor and take ownership of @fd and @path, also on failure. Call
 * only if there is room. Returns 0; or -errno of fstat, and @fd and @path are closed and freed.
 */
int donors_take(struct donors *d, int fd, char *path, uint64_t id);

/**
 * Clone the donor with index @i to the empty file @dst_fd.
 * Returns 0, or -errno; -ESTALE if the donor was written meanwhile, and @dst_fd is empty again.
 */
int donors_clone(const struct donors *d, size_t i, int dst_fd);

/** Check the donor with index @i. 0; -ESTALE if it was written since it was added; or -errno. */
int donors_check(const struct donors *d, size_t i);

/**
 * Close and remove the donor that was added last.
 * @ret_path: its path, to be freed by the caller; also on failure. Returns 0, or -errno of close.
 */
int donors_close_last(struct donors *d, char **ret_path);

#endif
