/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which files own which bytes together: extents in, pieces of files out.
 */
#ifndef OVL_STAT_SHARE_H
#define OVL_STAT_SHARE_H

#include "ovlcp.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Most files that can be compared at once: a set of them is a number, and a letter names each. */
#define SHARE_FILES_MAX 26

/** A file to be compared with others. */
struct share_file {
	/** Bytes of the file; what its extents hold beyond that does not count. */
	uint64_t size;
	/** Extents in the order of their place in the file; borrowed. */
	const struct ovlcp_extent *extents;
	/** Number of them. */
	size_t extent_count;
	/** Whether the extents could be asked for at all; if not, everything is SHARE_UNKNOWN. */
	bool has_extents;
	/** Files with the same number lie on one device; only among them places can be compared. */
	unsigned int device;
};

/** What a piece of a file is. */
enum share_kind {
	/** Data that the files of a set have in common. */
	SHARE_COMMON,
	/** Data that nobody else has. */
	SHARE_OWN,
	/** Data that somebody else has too, or the file itself a second time; no file given does.
	 */
	SHARE_OTHERS,
	/** Data, and where it lies is not known. */
	SHARE_UNKNOWN,
	/** No data. */
	SHARE_HOLE,
	/** Number of these. */
	SHARE_KIND_COUNT,
};

/** A piece of a file. */
struct share_piece {
	/** First byte of it in the file. */
	uint64_t start;
	/** First byte after it; never beyond the size of the file. */
	uint64_t end;
	/** Bit N stands for file N; more than one is set for SHARE_COMMON only. */
	uint32_t set;
	enum share_kind kind;
};

/** The pieces of one file, in order, without gaps, from 0 to its size. */
struct share_pieces {
	struct share_piece *list;
	size_t count;
};

/** Files that have data in common. */
struct share_set {
	/** Bit N stands for file N. */
	uint32_t set;
	/** Bytes of the first of these files that just these files have in common. */
	uint64_t bytes;
};

/** Who shares what. */
struct share {
	/** One for each file. */
	struct share_pieces pieces[SHARE_FILES_MAX];
	/** Sets of more than one file, the one with the most bytes first. */
	struct share_set *sets;
	size_t set_count;
};

/**
 * Compare @n files (at most SHARE_FILES_MAX). The time is that of sorting all extents, and the
 * number of pieces. Returns 0 or -ENOMEM; @ret_s: to be released with share_done, on failure too.
 */
int share_find(const struct share_file *files, size_t n, struct share *ret_s);

/** Release what share_find made. */
void share_done(struct share *s);

#endif
