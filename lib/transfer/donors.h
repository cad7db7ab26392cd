/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Donors: complete destinations that others are cloned from, one or more per filesystem.
 */
#ifndef OVL_JOB_DONORS_H
#define OVL_JOB_DONORS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

/** A fan-out that meets more filesystems than this copies the bytes once more for some. */
#define DONORS_MAX 16

/** A donor, and what it looked like when it was complete. */
struct donor {
	/** Open for reading. */
	int fd;
	/** To notice that somebody writes to it. */
	struct stat st;
	/** The path it was made under, for a late error; owned. */
	char *path;
};

/** The donors of one fan-out; all-zero has none. */
struct donors {
	struct donor list[DONORS_MAX];
	size_t count;
};

/** Whether there is room for one more. */
bool donors_have_room(const struct donors *d);

/**
 * Take a donor in; call only if there is room. Takes @fd and @path.
 * Returns 0; or -errno of looking at it, and has closed @fd then.
 */
int donors_take(struct donors *d, int fd, char *path);

/** Clone the donor @i onto the empty @dst_fd. 0, or -errno; -ESTALE if it was changed. */
int donors_clone(const struct donors *d, size_t i, int dst_fd);

/** Close the donor that came last. 0, or -errno of the close, and *@ret_path to be freed. */
int donors_close_last(struct donors *d, char **ret_path);

#endif
