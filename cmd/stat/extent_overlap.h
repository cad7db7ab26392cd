/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which files share which bytes: extents in, pieces of files out.
 */
#ifndef OVL_STAT_EXTENT_OVERLAP_H
#define OVL_STAT_EXTENT_OVERLAP_H

#include "ovlcp.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Maximum of files: a set of them is a bit mask of 32 bits, and the picture has 26 letters. */
#define OVERLAP_FILES_MAX 26

/** A file to be compared. */
struct overlap_file {
	/** Size in bytes; bytes of extents beyond that are ignored. */
	uint64_t size;
	/** Extents by ascending logical offset; borrowed. */
	const struct ovlcp_extent *extents;
	/** Number of extents. */
	size_t extent_count;
	/** Whether the filesystem reports extents; if not, all data is OVERLAP_UNKNOWN. */
	bool has_extents;
	/** Files with the same number are on one device: only their extents are compared. */
	unsigned int device;
};

/** Kinds of pieces of a file. */
enum overlap_kind {
	/** Data that several of the compared files share. */
	OVERLAP_COMMON,
	/** Data that is not shared. */
	OVERLAP_EXCLUSIVE,
	/** Data shared with a file that is not compared, or within the file. */
	OVERLAP_SHARED_ELSEWHERE,
	/** Data whose physical offset is unknown. */
	OVERLAP_UNKNOWN,
	/** A hole. */
	OVERLAP_HOLE,
	/** Number of these. */
	OVERLAP_KIND_COUNT,
};

/** A piece of a file. */
struct overlap_piece {
	/** Offset of its first byte in the file. */
	uint64_t start;
	/** Offset of the first byte after it; at most the size of the file. */
	uint64_t end;
	/** Files that hold it, bit N for file N; several bits only if kind is OVERLAP_COMMON. */
	uint32_t set;
	/** What it is. */
	enum overlap_kind kind;
};

/** The pieces of one file by ascending offset, without gaps, from 0 to its size. */
struct overlap_pieces {
	/** The pieces; owned. */
	struct overlap_piece *list;
	/** Number of pieces. */
	size_t count;
};

/** A set of files that share data. */
struct overlap_set {
	/** The files, bit N for file N. */
	uint32_t set;
	/** Bytes that exactly these files share, counted in the first of them. */
	uint64_t bytes;
};

/** The result of a comparison. */
struct overlap {
	/** The pieces of each file. */
	struct overlap_pieces pieces[OVERLAP_FILES_MAX];
	/** Sets of more than one file, by descending bytes; owned. */
	struct overlap_set *sets;
	/** Number of sets. */
	size_t set_count;
};

/**
 * Compare @n files (at most OVERLAP_FILES_MAX), in the time that sorting all extents takes.
 * @ret_s: to be freed with overlap_done, on failure too. Returns 0 or -ENOMEM.
 */
int overlap_find(const struct overlap_file *files, size_t n, struct overlap *ret_s);

/** Free what overlap_find allocated. */
void overlap_done(struct overlap *s);

#endif
