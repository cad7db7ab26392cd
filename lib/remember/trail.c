/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A write gives the ctime when it begins, so of the source it must be known that none is under way:
 * a read lease, which only its owner can have, says so. Files of a lower layer need none.
 *
 * To swap space the kernel writes block by block, which changes no time (mm/page_io.c).
 */
#include "remember/trail.h"

#include "sys/clock.h"
#include "sys/descriptor.h"
#include "sys/openers.h"
#include "sys/pages.h"
#include "sys/share.h"
#include "sys/status.h"

#include <errno.h>
#include <string.h>

/* The last bytes of the first page of a file that swapon(2) accepts. */
#define SWAP_MARK "SWAPSPACE2"

/* Whether the source is formatted as swap space, and so its copy. Both are written to without a new
   ctime while they are in use, which can begin and end unseen; to format one shows. */
static bool is_swap_space(const struct keep_question *q)
{
	const uint64_t page = sys_page_size();
	char mark[sizeof(SWAP_MARK) - 1];

	return q->size > page &&
	       sys_read(q->src_fd, mark, sizeof(mark), (int64_t)(page - sizeof(mark))) ==
		       sizeof(mark) &&
	       memcmp(mark, SWAP_MARK, sizeof(mark)) == 0;
}

/* Whether the source, on an overlay, is on a lower layer, which does not change: where the upper
   layer can clone, a file of it is not on another filesystem (EXDEV). */
static bool is_on_lower(const struct keep_question *q)
{
	return q->is_one_overlay && sys_clone_range_probe(q->dst_fd, q->src_fd) == -EXDEV;
}

/* Whether the ctime of @fd, on the upper layer of the overlay @fs, tells of changes. It does not on
   tmpfs, which has no FIEMAP. Asked once for all of them. */
static bool has_trail_on_upper(struct memory_fs *fs, int fd)
{
	if (fs->upper_tells == ANSWER_NOT_ASKED)
		fs->upper_tells = sys_write_out(fd) == 0 ? ANSWER_YES : ANSWER_NO;
	return fs->upper_tells == ANSWER_YES;
}

/* The same for a source on the overlay @fs, not on a lower layer of the one that the copy is on. */
static bool has_source_trail(struct memory_fs *fs, const struct keep_question *q)
{
	return q->is_one_overlay ? has_trail_on_upper(fs, q->src_fd)
				 : sys_write_out(q->src_fd) == 0;
}

/* Whether no write to the source is under way, and none begins without a new ctime. */
static bool is_source_quiet(struct memory_fs *fs, const struct keep_question *q)
{
	const bool is_overlay = fs->trail == TRAIL_OVERLAY;

	if (fs->trail == TRAIL_NONE)
		return false;
	if (fs->trail == TRAIL_FIXED || (is_overlay && is_on_lower(q)))
		return true;
	return (!is_overlay || has_source_trail(fs, q)) &&
	       sys_is_only_opener(q->src_fd, false) == 0;
}

bool trail_shows_changes(struct memory *m, const struct keep_question *q)
{
	struct memory_fs *fs = memory_fs(m, q->dst_fd, q->dst_dev);

	if (!fs || fs->trail != TRAIL_OVERLAY)
		return fs && fs->trail != TRAIL_NONE;
	return has_trail_on_upper(fs, q->dst_fd);
}

bool trail_look_at_source(struct memory *m, const struct keep_question *q, struct file_look *ret)
{
	struct memory_fs *fs = memory_fs(m, q->src_fd, q->src_dev);
	struct timespec now;
	struct stat st;

	if (!fs || !is_source_quiet(fs, q) || is_swap_space(q))
		return false;
	sys_coarse_time(&now); /* before the look: what is changed in between is seen */
	if (sys_fstat(q->src_fd, &st) < 0 || st.st_dev != q->src_dev ||
	    (uint64_t)st.st_size != q->size)
		return false;
	*ret = plan_look(&st, fs->mount);
	return plan_is_settled(st.st_ctim, now);
}
