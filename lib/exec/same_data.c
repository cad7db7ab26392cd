/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Reads both files in turn, half a buffer of each at a time.
 */
#include "exec/same_data.h"

#include "base/array.h"
#include "exec/data.h"
#include "sys/descriptor.h"
#include "sys/extents.h"
#include "sys/pages.h"
#include "sys/status.h"

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Bytes read from each file at a time. */
#define HALF ((size_t)EXEC_BUFFER_SIZE / 2)

/* Smallest block of a device: a direct read of another length has met the end of the file. */
#define SECTOR ((size_t)512)

/* Read until HALF bytes are read or the file ends. Returns the number of bytes, or -errno. */
static int64_t read_half(int fd, char *buffer, uint64_t off)
{
	size_t done = 0;

	while (done < HALF) {
		int64_t n = sys_read(fd, buffer + done, HALF - done, (int64_t)(off + done));

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

/* The offset of the next data at @off or after it; UINT64_MAX if there is none, @off if that is
   unknown. */
static uint64_t next_data(int fd, uint64_t off)
{
	int64_t r = sys_seek(fd, off, SEEK_DATA);

	return r == -ENXIO ? UINT64_MAX : r < 0 ? off : (uint64_t)r;
}

/* Compare the lengths, from @off on there being no data. 1, 0 or -errno, as exec_same_data. */
static int same_length(int a_fd, int b_fd, uint64_t *ret_offset)
{
	struct stat a;
	struct stat b;
	int r = sys_fstat(a_fd, &a);

	if (r == 0)
		r = sys_fstat(b_fd, &b);
	if (r < 0)
		return r;
	*ret_offset = (uint64_t)(a.st_size < b.st_size ? a.st_size : b.st_size);
	return a.st_size == b.st_size;
}

/* The number of equal bytes at the beginnings. */
static size_t equal_bytes(const char *a, const char *b, size_t len)
{
	size_t i = 0;

	while (i < len && a[i] == b[i])
		i++;
	return i;
}

/* Compare half a buffer at @off. The number of bytes, if they are equal; or -errno; *@ret_differs
   is where they are not. */
static int64_t compare_half(int a_fd, int b_fd, char *buffer, uint64_t off, bool *ret_differs,
			    uint64_t *ret_offset)
{
	char *a = buffer;
	char *b = a + HALF;
	int64_t n = read_half(a_fd, a, off);
	int64_t other = n < 0 ? n : read_half(b_fd, b, off);
	size_t len;

	if (other < 0)
		return other;
	len = (size_t)(n < other ? n : other);
	*ret_differs = n != other || memcmp(a, b, len) != 0;
	if (*ret_differs)
		*ret_offset = off + equal_bytes(a, b, len);
	return n;
}

int exec_same_data(int a_fd, int b_fd, void *buffer, const atomic_bool *cancelled,
		   uint64_t *ret_offset)
{
	uint64_t unused;
	uint64_t *at = ret_offset ? ret_offset : &unused;
	bool differs = false;
	uint64_t off = 0;
	int64_t n;

	do {
		uint64_t a = next_data(a_fd, off);
		uint64_t b = next_data(b_fd, off);
		uint64_t next = a < b ? a : b;

		if (atomic_load_explicit(cancelled, memory_order_relaxed))
			return -ECANCELED;
		if (next == UINT64_MAX)
			return same_length(a_fd, b_fd, at);
		off = next - next % HALF > off ? next - next % HALF : off;
		n = compare_half(a_fd, b_fd, buffer, off, &differs, at);
		if (n < 0)
			return (int)n;
		off += (uint64_t)n;
	} while (n > 0 && !differs);
	return !differs;
}

/* Have the data of @fd read from the device. Whether that is by O_DIRECT. */
static bool bypass_cache(int fd)
{
	if (sys_set_direct(fd, true) == 0)
		return true;
	(void)sys_drop_pages(fd); /* what cannot be dropped is read from memory */
	return false;
}

int exec_same_stored_data(int a_fd, int b_fd, void *buffer, const atomic_bool *cancelled,
			  uint64_t *ret_offset)
{
	/* of a file that is only read the kernel sees to that itself */
	int r = sys_sync_data(b_fd);
	bool a_direct;
	bool b_direct;

	if (r < 0)
		return r;
	a_direct = bypass_cache(a_fd);
	b_direct = bypass_cache(b_fd);
	r = exec_same_data(a_fd, b_fd, buffer, cancelled, ret_offset);
	if (a_direct)
		(void)sys_set_direct(a_fd, false); /* as it was */
	if (b_direct)
		(void)sys_set_direct(b_fd, false); /* as it was */
	/* some filesystems accept the flag, and refuse to read or write by it */
	return r == -EINVAL ? exec_same_data(a_fd, b_fd, buffer, cancelled, ret_offset) : r;
}

/* Extents of a file, up to its end: blocks behind that are only reserved. */
struct extent_list {
	/* the end, in bytes */
	uint64_t end;
	struct sys_extent *list;
	size_t count;
	size_t room;
};

static int add_extent(const struct sys_extent *e, void *payload)
{
	struct extent_list *l = payload;
	struct sys_extent part = *e;
	int r = 0;

	if (e->logical >= l->end)
		return 0;
	if (part.length > l->end - e->logical)
		part.length = l->end - e->logical;
	r = array_grow(&l->list, &l->room, l->count, sizeof(*l->list));
	if (r == 0)
		l->list[l->count++] = part;
	return r;
}

/* List the extents of @fd when all of its data has blocks. 0, or -errno. */
static int list_extents(int fd, struct extent_list *l)
{
	int r = sys_write_out(fd);

	return r < 0 ? r : sys_extents(fd, add_extent, l);
}

static bool are_same(const struct extent_list *a, const struct extent_list *b)
{
	if (a->count != b->count || a->count == 0)
		return false;
	for (size_t i = 0; i < a->count; i++) {
		const struct sys_extent *x = &a->list[i];
		const struct sys_extent *y = &b->list[i];

		/* encoded: the place of a compressed extent does not tell which part of it */
		if (!x->known || !y->known || x->encoded || x->logical != y->logical ||
		    x->physical != y->physical || x->length != y->length)
			return false;
	}
	return true;
}

int exec_same_extents(int a_fd, int b_fd)
{
	struct extent_list a = { 0 };
	struct extent_list b = { 0 };
	int r = same_length(a_fd, b_fd, &a.end);

	if (r <= 0)
		return r;
	b.end = a.end;
	r = list_extents(a_fd, &a);
	if (r == 0)
		r = list_extents(b_fd, &b);
	if (r == 0)
		r = are_same(&a, &b);
	else if (r == -EOPNOTSUPP || r == -ENOTTY)
		r = 0;
	free(a.list);
	free(b.list);
	return r;
}
