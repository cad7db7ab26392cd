/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Segments of data between the holes of a file.
 */
#ifndef OVL_EXEC_DATA_SEGMENTS_H
#define OVL_EXEC_DATA_SEGMENTS_H

#include <stdint.h>

/** Data between two holes; offsets in bytes. */
struct data_segment {
	/** Offset of the first byte. */
	uint64_t start;
	/** Offset after the last byte. */
	uint64_t end;
};

/**
 * Find the next data of @fd at or after the offset @off (SEEK_DATA, SEEK_HOLE).
 *
 * Returns 1; 0 if only a hole follows; or -errno. On a filesystem that does not support these
 * calls the segment reaches from @off to UINT64_MAX.
 */
int data_segment_next(int fd, uint64_t off, struct data_segment *ret_seg);

#endif
