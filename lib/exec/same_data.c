/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Reads both files in turn, half a buffer of each at a time.
 */
#include "exec/same_data.h"

#include "base/unsupported.h"
#include "exec/data.h"
#include "exec/extent_list.h"
#include "exec/read_data.h"
#include "sys/pages.h"
#include "sys/status.h"

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* Bytes read from each file at a time. */
#define HALF ((size_t)EXEC_BUFFER_SIZE / 2)

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

/* Compare a part, at most half a buffer. The number of bytes, if they are equal; or -errno;
 *@ret_differs is where they are not. */
static int64_t compare_half(int a_fd, int b_fd, char *buffer, struct exec_part part,
			    bool *ret_differs, uint64_t *ret_offset)
{
	const uint64_t off = part.begin;
	const size_t want = part.end - off < HALF ? (size_t)(part.end - off) : HALF;
	char *a = buffer;
	char *b = a + HALF;
	int64_t n = exec_read_full(a_fd, a, want, off);
	int64_t other = n < 0 ? n : exec_read_full(b_fd, b, want, off);
	size_t len;

	if (other < 0)
		return other;
	len = (size_t)(n < other ? n : other);
	*ret_differs = n != other || memcmp(a, b, len) != 0;
	if (*ret_differs)
		*ret_offset = off + equal_bytes(a, b, len);
	return n;
}

int exec_same_part(int a_fd, int b_fd, struct exec_part part, void *buffer,
		   const atomic_bool *cancelled, uint64_t *ret_offset)
{
	uint64_t unused;
	uint64_t *at = ret_offset ? ret_offset : &unused;
	bool differs = false;
	uint64_t off = part.begin;
	int64_t n;

	do {
		uint64_t a = exec_next_data(a_fd, off);
		uint64_t b = exec_next_data(b_fd, off);
		uint64_t next = a < b ? a : b;

		if (atomic_load_explicit(cancelled, memory_order_relaxed))
			return -ECANCELED;
		if (next == UINT64_MAX && part.end == UINT64_MAX)
			return same_length(a_fd, b_fd, at);
		if (next >= part.end)
			return 1;
		off = next - next % HALF > off ? next - next % HALF : off;
		n = compare_half(a_fd, b_fd, buffer, (struct exec_part){ off, part.end }, &differs,
				 at);
		if (n < 0)
			return (int)n;
		off += (uint64_t)n;
	} while (n > 0 && off < part.end && !differs);
	return !differs;
}

int exec_same_data(int a_fd, int b_fd, void *buffer, const atomic_bool *cancelled,
		   uint64_t *ret_offset)
{
	return exec_same_part(a_fd, b_fd, (struct exec_part){ 0, UINT64_MAX }, buffer, cancelled,
			      ret_offset);
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

/* Leave out what was allocated and not written (XFS: beyond the end of a file that grows by a hole
   later). It reads as a hole, and is one in a clone. */
static void keep_data(struct extent_list *l)
{
	size_t kept = 0;

	for (size_t i = 0; i < l->count; i++)
		if (l->list[i].has_data || !l->list[i].known)
			l->list[kept++] = l->list[i];
	l->count = kept;
}

static bool are_same(struct extent_list *a, struct extent_list *b)
{
	keep_data(a);
	keep_data(b);
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
	uint64_t end;
	int r = same_length(a_fd, b_fd, &end);

	if (r <= 0)
		return r;
	r = extent_list_read(a_fd, end, &a);
	if (r == 0)
		r = extent_list_read(b_fd, end, &b);
	if (r == 0)
		r = are_same(&a, &b);
	else if (is_unsupported(r))
		r = 0;
	extent_list_done(&a);
	extent_list_done(&b);
	return r;
}
