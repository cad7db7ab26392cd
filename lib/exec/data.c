/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Copies the bytes of a file: by copy_file_range, or by read and write.
 *
 * Not for choosing between them. The surprising fact: copy_file_range may return 0 before the end
 * of the file (in /proc, on some overlay and network filesystems); the rest must then be read. And
 * a length that reaches beyond the end of the source fails on some kernels.
 */
#include "exec/data.h"

#include "base/minmax.h"
#include "exec/data_segments.h"
#include "sys/descriptor.h"
#include "sys/share.h"
#include "sys/status.h"

#include <errno.h>
#include <string.h>
#include <sys/sysmacros.h>

/*
 * Bytes that one call copies at most (MAX_RW_COUNT in the kernel). The surprising fact: smaller,
 * rounder pieces are slower if the source is not in the page cache
 * (docs/decisions/0017-big-data.md).
 */
#define RANGE_MAX UINT64_C(0x7ffff000)

static int copy_error(struct exec_copy *x, enum ovlcp_op op, int64_t r)
{
	x->failed_op = op;
	return (int)r;
}

static bool is_cancelled(const struct exec_copy *x)
{
	return atomic_load_explicit(x->cancelled, memory_order_relaxed) ||
	       (x->stopped && atomic_load_explicit(x->stopped, memory_order_relaxed));
}

/* Whether a system call that returned *@r must be repeated because a signal interrupted it. Sets
 *@r to -ECANCELED instead if the copy was cancelled. What a call has done counts even then. */
static bool must_retry(const struct exec_copy *x, int64_t *r)
{
	if (*r == -EINTR && is_cancelled(x))
		*r = -ECANCELED;
	return *r == -EINTR;
}

void exec_count(struct exec_copy *x)
{
	const struct exec_bytes n = { .done = x->done - x->counted.done,
				      .written = x->written - x->counted.written };

	if (!x->progress)
		return;
	exec_step_advance(&x->step,
			  x->sum_done ? atomic_fetch_add(x->sum_done, n.done) + n.done : x->done);
	if (x->writer) /* it counts what each destination gets */
		return;
	exec_progress_add(x->progress, n);
	x->counted = (struct exec_bytes){ .done = x->done, .written = x->written };
}

void exec_free_hole(struct exec_copy *x, uint64_t end)
{
	if (x->punch && end > x->written_end)
		(void)sys_punch_hole(x->dst_fd, x->written_end, end - x->written_end);
}

static int set_dst_length(struct exec_copy *x, uint64_t size)
{
	int r = x->writer ? x->writer->set_length(x, size) : sys_truncate(x->dst_fd, size);

	if (r == 0 && !x->writer)
		exec_free_hole(x, size);
	return r < 0 ? copy_error(x, OVLCP_OP_WRITE, r) : 0;
}

/*
 * No data follows: the destination gets the length @limit, or less if the source has become shorter
 * since it was opened; but what was read stays.
 */
static int end_at(struct exec_copy *x, uint64_t limit)
{
	struct stat st;
	uint64_t size = limit;
	int r = x->src_seekable ? sys_fstat(x->src_fd, &st) : 0;

	if (r < 0)
		return copy_error(x, OVLCP_OP_READ, r);
	if (x->src_seekable)
		size = min_u64((uint64_t)st.st_size, limit);
	size = size < x->data_end ? x->data_end : size;
	r = set_dst_length(x, size);
	/* done only then: a step that comes after this one begins where the data ends */
	if (r == 0)
		x->done = x->size = size;
	return r;
}

/*
 * Copy each segment of data from x->done on with @copy_segment, and set the length of the
 * destination if the source ends with a hole. Stops at the first result of @copy_segment that is
 * not 0.
 */
static int for_each_segment(struct exec_copy *x,
			    int (*copy_segment)(struct exec_copy *, uint64_t end))
{
	struct data_segment seg = { x->done, UINT64_MAX };
	int r = 1;

	while (x->done < x->size || x->size == 0) {
		if (x->sparse)
			r = data_segment_next(x->src_fd, x->done, &seg);
		if (r < 0)
			return copy_error(x, OVLCP_OP_READ, r);
		if (r == 0 || (x->sparse && seg.start >= x->size))
			return end_at(x, x->size);
		x->done = seg.start;
		r = copy_segment(x, seg.end);
		if (r != 0 || seg.end == UINT64_MAX)
			return r;
	}
	return 0;
}

static int range_segment(struct exec_copy *x, uint64_t end)
{
	end = min_u64(end, x->size);
	while (x->done < end) {
		int64_t n = is_cancelled(x) ? -ECANCELED
					    : sys_copy_range(x->src_fd, x->done, x->dst_fd, x->done,
							     min_u64(end - x->done, RANGE_MAX));

		if (must_retry(x, &n))
			continue;
		if (n < 0)
			return copy_error(x, OVLCP_OP_COPY_RANGE, n);
		if (n == 0)
			return EXEC_SHORT;
		x->done += (uint64_t)n;
		x->written += (uint64_t)n;
		x->data_end = x->done;
		exec_count(x);
	}
	return 0;
}

/*
 * Whether the source has data beyond the size that stat reports, where copy_file_range ends.
 * Servers of FUSE and network filesystems may be wrong about a size; a filesystem on a block
 * device, whose major number is not 0, is not. 1, 0 or -errno.
 */
static int has_more(struct exec_copy *x)
{
	char byte;
	int64_t n = -EINTR;

	if (major(x->dst_dev) != 0)
		return 0;
	while (must_retry(x, &n))
		n = sys_read(x->src_fd, &byte, 1, (int64_t)x->done);
	return n < 0 ? copy_error(x, OVLCP_OP_READ, n) : n > 0;
}

/* Begin the step that is shown. What fits into one buffer is over before it could be seen. */
static void begin_step(struct exec_copy *x, int fd)
{
	const bool is_long = x->size > EXEC_BUFFER_SIZE || !x->src_seekable;

	exec_step_begin(&x->step, is_long ? x->progress : NULL, OVLCP_STEP_COPY, x->size, fd);
}

int exec_range(struct exec_copy *x)
{
	int r;

	/* one call copies up to RANGE_MAX: meanwhile the size of the destination shows how much */
	begin_step(x, x->dst_fd);
	r = for_each_segment(x, range_segment);
	if (r == 0)
		r = has_more(x);
	exec_count(x);
	exec_step_end(&x->step);
	return r > 0 ? EXEC_SHORT : r;
}

static int write_all(struct exec_copy *x, const char *data, size_t len)
{
	while (len > 0) {
		int64_t n =
			sys_write(x->dst_fd, data, len, x->dst_seekable ? (int64_t)x->done : -1);

		if (must_retry(x, &n))
			continue;
		/* a filesystem that takes nothing would be written to for ever */
		if (n <= 0)
			return copy_error(x, OVLCP_OP_WRITE, n < 0 ? n : -ENOSPC);
		data += n;
		len -= (size_t)n;
		x->done += (uint64_t)n;
		x->written += (uint64_t)n;
	}
	return 0;
}

/* Unit of a hole, in bytes: the block size of most filesystems. */
#define BLOCK ((size_t)4096)

static bool is_zero(const char *data, size_t len)
{
	return data[0] == 0 && memcmp(data, data + 1, len - 1) == 0;
}

/* Length of the first run of blocks in @data that are all zero, or all not. */
static size_t run_length(const char *data, size_t len, bool *ret_zero)
{
	size_t at = min_u64(len, BLOCK);

	*ret_zero = is_zero(data, at);
	while (at < len && is_zero(data + at, min_u64(len - at, BLOCK)) == *ret_zero)
		at += min_u64(len - at, BLOCK);
	return at;
}

/* Write, but skip blocks of zeros: the destination is empty there, so a hole remains. */
static int write_sparse(struct exec_copy *x, const char *data, size_t len)
{
	int r = 0;

	while (r == 0 && len > 0) {
		bool zero;
		size_t n = run_length(data, len, &zero);

		if (zero) {
			x->done += n;
		} else {
			exec_free_hole(x, x->done);
			r = write_all(x, data, n);
			x->written_end = x->done;
		}
		data += n;
		len -= n;
	}
	return r;
}

static int write_data(struct exec_copy *x, const char *data, size_t len)
{
	return x->punch ? write_sparse(x, data, len) : write_all(x, data, len);
}

/*
 * The surprising fact: some regular files cannot be written at offsets (ESPIPE). Those are files of
 * /proc (seq_open clears FMODE_PWRITE, fs/seq_file.c), and what a server of FUSE opens with
 * FOPEN_NONSEEKABLE. They are written as streams, if no hole of the source may follow.
 */
int exec_write(struct exec_copy *x, const char *data, size_t len)
{
	int r = write_data(x, data, len);

	if (r != -ESPIPE || x->done != 0 || !x->dst_seekable || x->sparse)
		return r;
	x->dst_seekable = x->punch = false;
	x->failed_op = OVLCP_OP_NONE;
	return write_data(x, data, len);
}

/* Read @len bytes at x->done, or less at the end. With x->punch the buffer is filled by several
   reads, so that it consists of whole blocks. A regular file is opened without waiting, and some
   are waited for all the same (/proc/kmsg, trace_pipe). Returns the bytes read, or -errno. */
static int64_t read_full(struct exec_copy *x, uint64_t len)
{
	uint64_t have = 0;
	bool waits = false;

	while (have < len) {
		int64_t off = x->src_seekable ? (int64_t)(x->done + have) : -1;
		int64_t n = is_cancelled(x) ? -ECANCELED
					    : sys_read(x->src_fd, (char *)x->buffer + have,
						       len - have, off);

		if (must_retry(x, &n))
			continue;
		if (n == -EAGAIN && !waits) {
			waits = true;
			n = sys_make_blocking(x->src_fd);
			if (n == 0)
				continue;
		}
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

/* The source ended before the end of its segment: it was truncated, or st_size was wrong. */
#define END_OF_SOURCE 2

static int read_write_segment(struct exec_copy *x, uint64_t end)
{
	const struct data_segment seg = { x->done, end };

	if (x->sparse && x->dst_seekable && data_segment_hides_holes(&seg, x->size))
		x->punch = true;
	while (x->done < end) {
		uint64_t want = min_u64(end - x->done, EXEC_BUFFER_SIZE);
		int64_t n = read_full(x, want);
		int r;

		if (n < 0)
			return copy_error(x, OVLCP_OP_READ, n);
		if (n == 0)
			return END_OF_SOURCE;
		r = x->writer ? x->writer->write_data(x, x->buffer, (size_t)n)
			      : exec_write(x, x->buffer, (size_t)n);
		if (r < 0)
			return r;
		x->data_end = x->done;
		exec_count(x);
		/* a short read that reaches st_size is the end: saves a read that returns 0 */
		if (x->src_seekable && (uint64_t)n < want && x->done == x->size)
			return END_OF_SOURCE;
	}
	return 0;
}

int exec_read_write_part(struct exec_copy *x, uint64_t end)
{
	struct data_segment seg = { x->done, end };
	int r = 0;

	while (r == 0 && x->done < end) {
		int follows = x->sparse ? data_segment_next(x->src_fd, x->done, &seg) : 1;

		if (follows < 0)
			return copy_error(x, OVLCP_OP_READ, follows);
		x->done = follows == 0 ? end : min_u64(seg.start, end);
		r = read_write_segment(x, min_u64(seg.end, end));
	}
	exec_count(x);
	return r == END_OF_SOURCE ? EXEC_SHORT : r;
}

int exec_discard(int fd, int result)
{
	int r = sys_truncate(fd, 0);

	return r < 0 ? r : result;
}

static int read_write(struct exec_copy *x)
{
	int r = for_each_segment(x, read_write_segment);
	const uint64_t end = x->done;
	const bool has_length = r == 0 && !x->punch;

	/* the segments end at the size that stat reports, the data perhaps does not */
	if (r == 0)
		r = read_write_segment(x, UINT64_MAX);
	if (r < 0)
		return r;
	/* the file may end with a hole that was skipped */
	return (x->sparse || x->punch) && !(has_length && x->done == end) ? end_at(x, x->done) : 0;
}

/*
 * Whether the copy, which failed with @r, is to begin again because one of the files has no
 * offsets: it is read or written as a stream from then on, and a stream has no holes. The position
 * of its descriptor is the start of the file, so nothing but holes may have been passed.
 */
static bool may_stream(struct exec_copy *x, int r)
{
	const bool is_dst = x->failed_op == OVLCP_OP_WRITE;
	bool *seekable = is_dst ? &x->dst_seekable : &x->src_seekable;

	if (r != -ESPIPE || x->written != 0 || !*seekable || (x->consumed && !x->src_seekable))
		return false;
	*seekable = x->sparse = x->punch = false;
	x->done = 0;
	x->failed_op = OVLCP_OP_NONE;
	return true;
}

int exec_read_write(struct exec_copy *x)
{
	int r;

	x->written_end = x->done; /* of what other steps have done nothing is given back */
	begin_step(x, -EBADF);
	do
		r = read_write(x);
	while (may_stream(x, r));
	exec_count(x);
	exec_step_end(&x->step);
	return r;
}
