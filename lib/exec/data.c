/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Copying the bytes of a file: copy_file_range, or read and write.
 *
 * Not for choosing between them. The surprising fact: copy_file_range may return 0 before
 * the end (files in /proc, some overlay and network filesystems), which is not an end but a
 * reason to read; and a length beyond the end of the source fails on some kernels.
 */
#include "exec/data.h"

#include "exec/data_segments.h"
#include "sys/descriptor.h"
#include "sys/share.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/*
 * What one call moves at most (MAX_RW_COUNT in the kernel). The surprising fact: pieces of a
 * rounder size are slower where the source is not in memory (docs/decisions/0017-big-data.md).
 */
#define RANGE_MAX UINT64_C(0x7ffff000)

static uint64_t least(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

static int failed(struct exec_copy *x, enum ovlcp_op op, int64_t r)
{
	x->failed_op = op;
	return (int)r;
}

/* Whether to go on after @r: 1 = it was interrupted, do it again; 0 = take @r as it is. */
static int again(const struct exec_copy *x, int64_t *r)
{
	if (atomic_load_explicit(x->cancelled, memory_order_relaxed))
		*r = -ECANCELED;
	return *r == -EINTR;
}

static int set_length(struct exec_copy *x, uint64_t size)
{
	int r = x->sink ? x->sink->set_length(x, size) : sys_truncate(x->dst_fd, size);

	return r < 0 ? failed(x, OVLCP_OP_WRITE, r) : 0;
}

/*
 * Go through the runs of data from x->done on, copying each with @copy_run, and give the
 * destination its length where a hole ends it. A return other than 0 of @copy_run ends it.
 */
static int for_each_run(struct exec_copy *x, int (*copy_run)(struct exec_copy *, uint64_t end))
{
	struct data_segment seg = { x->done, UINT64_MAX };
	int r = 1;

	while (x->done < x->size || x->size == 0) {
		if (x->sparse)
			r = data_segment_next(x->src_fd, x->done, &seg);
		if (r < 0)
			return failed(x, OVLCP_OP_READ, r);
		if (r == 0 || (x->sparse && seg.start >= x->size)) {
			/* the rest is a hole */
			x->done = x->size;
			return set_length(x, x->size);
		}
		x->done = seg.start;
		r = copy_run(x, seg.end);
		if (r != 0 || seg.end == UINT64_MAX)
			return r;
	}
	return 0;
}

static int range_run(struct exec_copy *x, uint64_t end)
{
	end = least(end, x->size);
	while (x->done < end) {
		int64_t n = sys_copy_range(x->src_fd, x->done, x->dst_fd, x->done,
					   least(end - x->done, RANGE_MAX));

		if (again(x, &n))
			continue;
		if (n < 0)
			return failed(x, OVLCP_OP_COPY_RANGE, n);
		if (n == 0)
			return EXEC_SHORT;
		x->done += (uint64_t)n;
		x->written += (uint64_t)n;
	}
	return 0;
}

int exec_range(struct exec_copy *x)
{
	return for_each_run(x, range_run);
}

static int write_all(struct exec_copy *x, const char *data, size_t len)
{
	while (len > 0) {
		int64_t n =
			sys_write(x->dst_fd, data, len, x->dst_seekable ? (int64_t)x->done : -1);

		if (again(x, &n))
			continue;
		if (n < 0)
			return failed(x, OVLCP_OP_WRITE, n);
		data += n;
		len -= (size_t)n;
		x->done += (uint64_t)n;
		x->written += (uint64_t)n;
	}
	return 0;
}

/* A hole is a whole number of these, which is what most filesystems can leave out. */
#define BLOCK ((size_t)4096)

static bool is_zero(const char *data, size_t len)
{
	return data[0] == 0 && memcmp(data, data + 1, len - 1) == 0;
}

/* Bytes at the beginning of @data, in whole blocks, that are all zero, or all not. */
static size_t run_of(const char *data, size_t len, bool *ret_zero)
{
	size_t at = least(len, BLOCK);

	*ret_zero = is_zero(data, at);
	while (at < len && is_zero(data + at, least(len - at, BLOCK)) == *ret_zero)
		at += least(len - at, BLOCK);
	return at;
}

/* write_all, but for blocks of zeros, which are skipped: the destination is empty there. */
static int write_punched(struct exec_copy *x, const char *data, size_t len)
{
	int r = 0;

	while (r == 0 && len > 0) {
		bool zero;
		size_t n = run_of(data, len, &zero);

		if (zero)
			x->done += n;
		else
			r = write_all(x, data, n);
		data += n;
		len -= n;
	}
	return r;
}

int exec_write(struct exec_copy *x, const char *data, size_t len)
{
	return x->punch ? write_punched(x, data, len) : write_all(x, data, len);
}

/* Read until @len bytes are there, so that blocks can be told. Bytes read, or -errno. */
static int64_t read_full(struct exec_copy *x, uint64_t len)
{
	uint64_t have = 0;

	while (have < len) {
		int64_t off = x->src_seekable ? (int64_t)(x->done + have) : -1;
		int64_t n = sys_read(x->src_fd, (char *)x->buffer + have, len - have, off);

		if (again(x, &n))
			continue;
		if (n < 0)
			return n;
		if (n == 0)
			break;
		have += (uint64_t)n;
		x->consumed = true;
		if (!x->punch)
			break;
	}
	return (int64_t)have;
}

/* The end of the source may come before @end: it became shorter, or never was that long. */
enum {
	END_OF_SOURCE = 2
};

static int bytes_run(struct exec_copy *x, uint64_t end)
{
	while (x->done < end) {
		uint64_t want = least(end - x->done, EXEC_BUFFER_SIZE);
		int64_t n = read_full(x, want);
		int r;

		if (n < 0)
			return failed(x, OVLCP_OP_READ, n);
		if (n == 0)
			return END_OF_SOURCE;
		r = x->sink ? x->sink->put(x, x->buffer, (size_t)n)
			    : exec_write(x, x->buffer, (size_t)n);
		if (r < 0)
			return r;
		/* a short read of a file that is as long as it was is its end */
		if (x->src_seekable && (uint64_t)n < want && x->done == x->size)
			return END_OF_SOURCE;
	}
	return 0;
}

int exec_read_write(struct exec_copy *x)
{
	int r = for_each_run(x, bytes_run);

	if (r < 0 || (r == 0 && !x->punch))
		return r;
	/* a hole that was skipped may end the file now */
	return x->sparse || x->punch ? set_length(x, x->done) : 0;
}
