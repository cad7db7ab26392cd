/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Reads both files in turn, half a buffer of each at a time.
 */
#include "exec/same_data.h"

#include "exec/data.h"
#include "sys/descriptor.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Bytes read from each file at a time. */
#define HALF ((size_t)EXEC_BUFFER_SIZE / 2)

/* Read until HALF bytes are read or the file ends. Returns the number of bytes, or -errno. */
static int64_t read_half(int fd, char *buffer, int64_t off)
{
	size_t done = 0;

	while (done < HALF) {
		int64_t n = sys_read(fd, buffer + done, HALF - done, off + (int64_t)done);

		if (n < 0)
			return n;
		if (n == 0)
			break;
		done += (size_t)n;
	}
	return (int64_t)done;
}

int exec_same_data(int a_fd, int b_fd, void *buffer)
{
	char *a = buffer;
	char *b = a + HALF;
	int64_t off = 0;
	int64_t n;

	do {
		int64_t other;

		n = read_half(a_fd, a, off);
		if (n < 0)
			return (int)n;
		other = read_half(b_fd, b, off);
		if (other < 0)
			return (int)other;
		if (n != other || memcmp(a, b, (size_t)n) != 0)
			return 0;
		off += n;
	} while (n > 0);
	return 1;
}
