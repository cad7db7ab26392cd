/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Runs of data between the holes of a file.
 */
#ifndef OVL_EXEC_DATA_SEGMENTS_H
#define OVL_EXEC_DATA_SEGMENTS_H

#include <stdint.h>

/** A run of data between two holes; offsets in bytes, end exclusive. */
struct data_segment {
	uint64_t start;
	uint64_t end;
};

/**
 * The next run of data of @fd at or after @off (SEEK_DATA, SEEK_HOLE).
 * Returns 1; 0 if only a hole is left; -errno. A filesystem that does not know holes
 * gives one run up to UINT64_MAX.
 */
int data_segment_next(int fd, uint64_t off, struct data_segment *ret_seg);

#endif
