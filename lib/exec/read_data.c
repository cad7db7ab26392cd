/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Reads that go on until all is there, also by O_DIRECT.
 */
#include "exec/read_data.h"

#include "sys/descriptor.h"

#include <errno.h>
#include <unistd.h>

/* Smallest block of a device: a direct read of another length has met the end of the file. */
#define SECTOR ((size_t)512)

uint64_t exec_next_data(int fd, uint64_t off)
{
	int64_t r = sys_seek(fd, off, SEEK_DATA);

	if (r == -ENXIO)
		return UINT64_MAX;
	return r < (int64_t)off ? off : (uint64_t)r; /* also if the answer leads back */
}

int64_t exec_read_full(int fd, char *buffer, size_t len, uint64_t off)
{
	size_t done = 0;

	while (done < len) {
		int64_t n = sys_read(fd, buffer + done, len - done, (int64_t)(off + done));

		if (n == -EINVAL && done % SECTOR != 0)
			break; /* a direct read at the end of the file */
		if (n == -EINTR)
			continue;
		if (n < 0)
			return n;
		if (n == 0)
			break;
		done += (size_t)n;
	}
	return (int64_t)done;
}
