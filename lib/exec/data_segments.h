/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Segments of data between the holes of a file.
 */
#ifndef OVL_EXEC_DATA_SEGMENTS_H
#define OVL_EXEC_DATA_SEGMENTS_H

#include <stdbool.h>
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
 * calls, or whose answers lead nowhere, the segment reaches from @off to UINT64_MAX.
 */
int data_segment_next(int fd, uint64_t off, struct data_segment *ret_seg);

/** Whether a file of @size bytes, which has fewer blocks than that, may have holes that its
    filesystem does not tell of: its first segment, @first, is the whole file. Holes of a small file
    are not worth looking for. */
bool data_segment_hides_holes(const struct data_segment *first, uint64_t size);

/** Bytes of @fd, a file of @size bytes, outside of holes; all of @size where holes cannot be told.
 */
uint64_t data_segments_sum(int fd, uint64_t size);

/** Whether @fd has data, and no hole, wherever @src_fd, a file of @size bytes, has data. False also
   if that cannot be told. */
bool data_segments_cover(int fd, int src_fd, uint64_t size);

/**
 * Bytes that a copy-up of @fd, a file of @size bytes on a lower layer, writes. The kernel looks for
 * the next data only after each MiB that it has copied, so holes are filled up to that
 * (ovl_copy_up_file in fs/overlayfs/copy_up.c; measured on Linux 6.18).
 */
uint64_t data_segments_copied_up(int fd, uint64_t size);

#endif
