/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Where a file has data, and where holes.
 *
 * Uses SEEK_DATA and SEEK_HOLE, never FIEMAP, which does not show data that is not yet allocated
 * (delayed allocation).
 */
#include "exec/data_segments.h"

#include "sys/descriptor.h"

#include <errno.h>
#include <unistd.h>

int data_segment_next(int fd, uint64_t off, struct data_segment *ret_seg)
{
	int64_t start = sys_seek(fd, off, SEEK_DATA);
	int64_t end;

	if (start == -ENXIO)
		return 0;
	if (start == -EINVAL || start == -EOPNOTSUPP) {
		*ret_seg = (struct data_segment){ off, UINT64_MAX };
		return 1;
	}
	if (start < 0)
		return (int)start;
	end = sys_seek(fd, (uint64_t)start, SEEK_HOLE);
	if (end < 0)
		return (int)end;
	*ret_seg = (struct data_segment){ (uint64_t)start, (uint64_t)end };
	return 1;
}
