/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which files own which bytes together: extents in, pieces of files out.
 */
#ifndef OVL_STAT_EXTENT_OVERLAP_H
#define OVL_STAT_EXTENT_OVERLAP_H

#include "ovlcp.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Most files that can be compared at once: a set of them is a number, and a letter names each. */
#define OVERLAP_FILES_MAX 26

/** A file to be compared with others. */
struct overlap_file {
	/** Bytes of the file; what its extents hold beyond that does not count. */
	uint64_t size;
	/** Extents in the order of their place in the file; borrowed. */
	const struct ovlcp_extent *extents;
	/** Number of them. */
	size_t extent_count;
	/** Whether the extents could be asked for at all; if not, everything is OVERLAP_UNKNOWN. */
	bool has_extents;
	/** Files with the same number lie on one device; only among them places can be compared. */
	unsigned int device;
};

/** What a piece of a file is. */
enum overlap_kind {
	/** Data that the files of a set have in common. */
	OVERLAP_COMMON,
	/** Data that nobody else has. */
	OVERLAP_EXCLUSIVE,
	/** Data that somebody else has too, or the file itself a second time; no file given does.
	 */
	OVERLAP_SHARED_ELSEWHERE,
	/** Data, and where it lies is not known. */
	OVERLAP_UNKNOWN,
	/** No data. */
	OVERLAP_HOLE,
	/** Number of these. */
	OVERLAP_KIND_COUNT,
};

/** A piece of a file. */
struct overlap_piece {
	/** First byte of it in the file. */
	uint64_t start;
	/** First byte after it; never beyond the size of the file. */
	uint64_t end;
	/** Bit N stands for file N; more than one is set for OVERLAP_COMMON only. */
	uint32_t set;
	enum overlap_kind kind;
};

/** The pieces of one file, in order, without gaps, from 0 to its size. */
struct overlap_pieces {
	struct overlap_piece *list;
	size_t count;
};

/** Files that have data in common. */
struct overlap_set {
	/** Bit N stands for file N. */
	uint32_t set;
	/** Bytes of the first of these files that just these files have in common. */
	uint64_t bytes;
};

/** Who shares what. */
struct overlap {
	/** One for each file. */
	struct overlap_pieces pieces[OVERLAP_FILES_MAX];
	/** Sets of more than one file, the one with the most bytes first. */
	struct overlap_set *sets;
	size_t set_count;
};

/**
 * Compare @n files (at most OVERLAP_FILES_MAX). The time is that of sorting all extents, and the
 * number of pieces. Returns 0 or -ENOMEM; @ret_s: to be released with overlap_done, on failure too.
 */
int overlap_find(const struct overlap_file *files, size_t n, struct overlap *ret_s);

/** Release what overlap_find made. */
void overlap_done(struct overlap *s);

#endif
