/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Pure: facts in, a range out. That a range is not one of whole blocks is seen here, and not by the
 * failure of the clone, because a file is copied up for it before.
 */
#include "run/sendfile_range.h"

#include <fcntl.h>

/* The most bytes that one sendfile copies (MAX_RW_COUNT of the kernel). */
#define SENDFILE_MAX (UINT64_C(0x7fffffff) & ~UINT64_C(4095))

static uint64_t min(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

/* Whether the kernel takes these offsets and this number of bytes (rw_verify_area of Linux:
   EINVAL); more than the file has is taken. */
static bool is_countable(const struct sendfile_request *q)
{
	return q->src_off >= 0 && q->dst_off >= 0 && q->count <= INT64_MAX - (uint64_t)q->src_off;
}

/* Whether FICLONERANGE takes the range (ioctl_ficlonerange(2), EINVAL). */
static bool has_whole_blocks(const struct files_range *r, const struct files_facts *f)
{
	return r->src_off % f->block_size == 0 && r->dst_off % f->block_size == 0 &&
	       (r->len % f->block_size == 0 || r->src_off + r->len == f->size);
}

bool sendfile_range(const struct files_facts *f, const struct sendfile_request *q,
		    struct files_range *ret_r)
{
	struct files_range r;

	if (!is_countable(q) || (uint64_t)q->src_off >= f->size || f->block_size == 0 ||
	    (q->dst_flags & O_APPEND))
		return false;
	r = (struct files_range){ .src_off = (uint64_t)q->src_off,
				  .dst_off = (uint64_t)q->dst_off,
				  .len = min(min(f->size - (uint64_t)q->src_off, q->count),
					     SENDFILE_MAX) };
	if (r.len == 0 || r.dst_off + r.len > q->size_limit || !has_whole_blocks(&r, f))
		return false;
	*ret_r = r;
	return true;
}
