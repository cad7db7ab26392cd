/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Where a file has data, and where holes.
 *
 * Uses SEEK_DATA and SEEK_HOLE, never FIEMAP, which does not show data that is not yet allocated
 * (delayed allocation).
 */
#include "exec/data_segments.h"

#include "base/minmax.h"
#include "sys/descriptor.h"

#include <errno.h>
#include <unistd.h>

/* All that follows @off is data, as far as can be told. 1. */
static int rest_is_data(uint64_t off, struct data_segment *ret_seg)
{
	*ret_seg = (struct data_segment){ off, UINT64_MAX };
	return 1;
}

int data_segment_next(int fd, uint64_t off, struct data_segment *ret_seg)
{
	int64_t start = sys_seek(fd, off, SEEK_DATA);
	int64_t end;

	if (start == -ENXIO)
		return 0;
	if (start == -EINVAL || start == -EOPNOTSUPP)
		return rest_is_data(off, ret_seg);
	if (start < 0)
		return (int)start;
	end = sys_seek(fd, (uint64_t)start, SEEK_HOLE);
	/* it may have become shorter in between */
	if (end == -ENXIO && sys_seek(fd, off, SEEK_DATA) == -ENXIO)
		return 0;
	if (end < 0)
		return (int)end;
	/* the kernel passes on what a server of FUSE answers, also if that is before the offset
	   that was asked for: a caller that follows it comes to no end (fuse_lseek in
	   fs/fuse/file.c) */
	if ((uint64_t)start < off || end <= start)
		return rest_is_data(off, ret_seg);
	*ret_seg = (struct data_segment){ (uint64_t)start, (uint64_t)end };
	return 1;
}

bool data_segment_hides_holes(const struct data_segment *first, uint64_t size)
{
	const uint64_t small = UINT64_C(64) << 10;

	return size > small && first->start == 0 && first->end >= size;
}

uint64_t data_segments_sum(int fd, uint64_t size)
{
	struct data_segment seg = { 0, 0 };
	uint64_t sum = 0;
	int r = 1;

	while (seg.end < size && (r = data_segment_next(fd, seg.end, &seg)) > 0) {
		if (seg.end > size)
			seg.end = size;
		if (seg.start < seg.end)
			sum += seg.end - seg.start;
	}
	return r < 0 ? size : sum;
}

bool data_segments_cover(int fd, int src_fd, uint64_t size)
{
	struct data_segment seg = { 0, 0 };
	int r = 1;

	while (seg.end < size && (r = data_segment_next(src_fd, seg.end, &seg)) > 0) {
		const uint64_t end = min_u64(seg.end, size);
		const int64_t hole =
			seg.start < end ? sys_seek(fd, seg.start, SEEK_HOLE) : INT64_MAX;

		if (hole < 0 || (uint64_t)hole < end)
			return false;
	}
	return r >= 0;
}

uint64_t data_segments_copied_up(int fd, uint64_t size)
{
	const uint64_t chunk = UINT64_C(1) << 20; /* OVL_COPY_UP_CHUNK_SIZE */
	struct data_segment seg = { 0, 0 };
	uint64_t at = 0;
	uint64_t sum = 0;
	int r = 1;

	while (at < size && (r = data_segment_next(fd, at, &seg)) > 0 && seg.start < size) {
		uint64_t len = (seg.end < size ? seg.end : size) - seg.start;

		len = (len + chunk - 1) / chunk * chunk;
		if (len > size - seg.start)
			len = size - seg.start;
		sum += len;
		at = seg.start + len;
	}
	return r < 0 ? sum + (size - at) : sum;
}
