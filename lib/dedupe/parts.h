/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What is to be done with each part of a destination, by the extents of both files. Pure.
 */
#ifndef OVL_DEDUPE_PARTS_H
#define OVL_DEDUPE_PARTS_H

#include "exec/extent_list.h"
#include "exec/same_data.h"

/** What is known of a part. */
enum part_kind {
	/** Both have the same blocks there: they are equal, and share them. */
	PART_SHARED,
	/** The destination has no blocks there that sharing could save: it has a hole, is only
	    reserved, or lies in metadata. */
	PART_NO_BLOCKS,
	/** The destination has blocks of its own, as far as is known. */
	PART_BLOCKS,
};

/** The two files, and how far the parts have been returned. */
struct parts {
	/** Extents of the source; empty if they cannot be compared with those of the destination.
	    Borrowed. */
	const struct extent_list *src;
	/** Extents of the destination; borrowed. */
	const struct extent_list *dst;
	/** Size of both in bytes. */
	uint64_t size;
	/** Where the next part begins; 0 at first. */
	uint64_t at;
	/** Index of the first extent of the source that does not end before it. */
	size_t src_at;
	/** The same of the destination. */
	size_t dst_at;
};

/** Return the next part, as long as possible, and what it is. 1; or 0 at the end of the files. */
int parts_next(struct parts *p, struct exec_part *ret_part, enum part_kind *ret_kind);

#endif
