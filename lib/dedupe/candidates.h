/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The files below some directories that may have an equal: a list without descriptors.
 */
#ifndef OVL_DEDUPE_CANDIDATES_H
#define OVL_DEDUPE_CANDIDATES_H

#include "dedupe/content_hash.h"
#include "dedupe/run.h"

#include <stdbool.h>
#include <stddef.h>

/** A file. */
struct candidate {
	/** Path below its directory; owned. */
	char *below;
	/** Index of the directory. */
	size_t top;
	/** Size in bytes. */
	uint64_t size;
	/** st_dev. */
	dev_t dev;
	/** st_ino. */
	ino_t ino;
	/** Whether it is left out from now on. */
	bool is_out;
	/** Whether places is known. */
	bool has_places;
	/** Hash of its places on the device. */
	struct content_hash places;
	/** Hash of its contents, or of their beginning. */
	struct content_hash hash;
};

/** A named directory. */
struct candidate_top {
	/** The directory; owned. -EBADF if it could not be opened, or is opened again by its path:
	    half of the descriptors that are allowed stay free. */
	int fd;
	/** Its path; borrowed. */
	const char *path;
	/** st_dev. */
	dev_t dev;
	/** st_ino. */
	ino_t ino;
};

/** The list; all-zero is the empty one. */
struct candidates {
	/** The directory that paths are relative to, or AT_FDCWD; borrowed. */
	int dir_fd;
	/** The directories. */
	struct candidate_top *tops;
	/** Number of directories. */
	size_t top_count;
	/** The files. */
	struct candidate *list;
	/** Number of files. */
	size_t count;
	/** Number that there is room for. */
	size_t room;
};

/**
 * Collect the regular files, but for empty ones, below the @n directories @dir, which are relative
 * to @dir_fd; sorted by size. Of the hard links of a file one is left, the first by name. What
 * cannot be read is a failure of @d. @list must be ended with candidates_done in any case.
 */
void candidates_collect(struct dedupe_run *d, int dir_fd, const char *const *dir, size_t n,
			struct candidates *list);

/** Order of @a and @b by name: directories as they were named, then paths. */
int candidate_compare_names(const struct candidate *a, const struct candidate *b);

/**
 * Open @c again, which must be what it was; otherwise it was changed, and is left out.
 *
 * @f: path is allocated here. To be ended with candidate_close in any case.
 * Returns true if it is open.
 */
bool candidate_open(struct dedupe_run *d, const struct candidates *list, struct candidate *c,
		    struct opened *f);

/** Close @f and free its path. */
void candidate_close(struct opened *f);

/** Close and free everything. */
void candidates_done(struct candidates *list);

#endif
