/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * fuse-overlayfs answers FICLONE and FIEMAP by EOPNOTSUPP, and passes copy_file_range between files
 * of its upper layer on to the filesystem of that, which shares if it can (measured with
 * version 1.10 on Linux 6.18). Whether it has can only be seen by how much the filesystem has
 * grown: statfs returns the numbers of the upper layer's.
 *
 * The surprising facts: what is copied from a lower layer waits in the page cache of FUSE, so that
 * nothing has grown before it is written back. And btrfs shows growth only after its transaction,
 * but it can be told by its having no number of inodes, and it always shares.
 */
#include "transfer/fuse_range.h"

#include "base/fd.h"
#include "exec/unnamed.h"
#include "sys/descriptor.h"
#include "sys/pages.h"
#include "sys/share.h"
#include "sys/status.h"

#include <errno.h>

/* Bytes of a sample: more than a new file takes besides its data. A source is larger. */
#define SAMPLE_SIZE ((uint64_t)256 << 10)

/* Copy @len bytes from the beginning of @src_fd by copy_file_range. 0; or -errno, -ENODATA at an
   early end. */
static int copy_start(int src_fd, int dst_fd, uint64_t len)
{
	for (uint64_t done = 0; done < len;) {
		int64_t n = sys_copy_range(src_fd, done, dst_fd, done, len - done);

		if (n <= 0)
			return n < 0 ? (int)n : -ENODATA;
		done += (uint64_t)n;
	}
	return 0;
}

/* Whether the free space between @before and now, on the filesystem of @fd, has become less by at
   least half of @len bytes. */
static enum answer has_grown(int fd, const struct sys_fs_numbers *before, uint64_t len)
{
	struct sys_fs_numbers now;

	if (sys_fs_numbers(fd, &now) < 0)
		return ANSWER_NOT_ASKED;
	return before->blocks_free > now.blocks_free &&
			       (before->blocks_free - now.blocks_free) * now.block_size >= len / 2
		       ? ANSWER_YES
		       : ANSWER_NO;
}

/* Copy the sample @from -> @to, and write it back if @is_cached. Sets whether the filesystem has
   grown by it. 0, or -errno. */
static int try_sample(int from, int to, bool is_cached, enum answer *ret_grown)
{
	struct sys_fs_numbers before;
	int r = sys_fs_numbers(to, &before);

	if (r == 0)
		r = copy_start(from, to, SAMPLE_SIZE);
	if (r == 0 && is_cached)
		r = sys_write_back(to);
	*ret_grown = r == 0 ? has_grown(to, &before, SAMPLE_SIZE) : ANSWER_NOT_ASKED;
	return r;
}

/* Whether the upper layer is on btrfs: its statfs has no number of inodes. */
static bool counts_no_inodes(int fd)
{
	struct sys_fs_numbers n;

	return sys_fs_numbers(fd, &n) == 0 && n.files == 0;
}

/* What the sample of the source, which is in the destination now, says of the upper layer. */
static enum answer sample_upper(const struct transfer *t)
{
	CLEANUP_FD int fd = exec_open_unnamed(t->q->dst->dir_fd);
	enum answer grown = ANSWER_NOT_ASKED;

	if (fd < 0 || try_sample(t->q->dst->fd, fd, false, &grown) < 0)
		return ANSWER_NO;
	return grown == ANSWER_NO ? ANSWER_YES : ANSWER_NO;
}

int fuse_sample_range(struct transfer *t)
{
	const int dst_fd = t->q->dst->fd;
	enum answer grown;
	int r = t->q->src->size < SAMPLE_SIZE ? -ENODATA
					      : try_sample(t->q->src->fd, dst_fd, true, &grown);
	int emptied;

	t->facts.dst_range_shares = ANSWER_NO;
	if (r == 0 && grown == ANSWER_YES) {
		t->facts.src_range_shares = ANSWER_NO;
		t->facts.dst_range_shares = sample_upper(t);
		t->pair.range_shares = t->facts.dst_range_shares;
	} else if (r == 0 && counts_no_inodes(dst_fd)) {
		t->facts.dst_range_shares = ANSWER_YES;
	} else if (r == 0 && grown == ANSWER_NO) {
		t->facts.src_range_shares = ANSWER_YES;
	}
	emptied = sys_truncate(dst_fd, 0);
	return emptied < 0 ? emptied : r;
}

bool fuse_range_shares(const struct transfer *t)
{
	return t->facts.src_range_shares == ANSWER_YES ||
	       (t->facts.dst_range_shares == ANSWER_YES &&
		t->past.outcome[PLAN_COPY_UP] == CLASS_DONE);
}

int fuse_range_donor(struct transfer *t)
{
	const int fd = t->q->dst->fd;
	struct exec_copy x = t->copy;
	struct sys_fs_numbers before;
	bool is_measured = sys_fs_numbers(fd, &before) == 0;
	int emptied;
	int r;

	x.src_fd = t->q->donors->list[t->donor_next].fd;
	x.src_seekable = true;
	r = exec_range(&x);
	if (r == 0 && !donors_is_unchanged(t->q->donors, t->donor_next))
		r = -ESTALE;
	t->donor_next++;
	t->facts.donor_ready = t->donor_next < t->q->donors->count;
	if (r == 0) {
		t->copy = x;
		if (is_measured && has_grown(fd, &before, x.written) == ANSWER_NO)
			t->range_shared = x.written;
		return 0;
	}
	/* the next step begins anew: nothing of the donor may be in what it leaves out */
	emptied = sys_truncate(fd, 0);
	return emptied < 0 ? emptied : r < 0 ? r : -EXDEV;
}

int fuse_dry_range_donor(struct transfer *t)
{
	t->facts.cannot_tell = true;
	t->copy.written = source_data_bytes(t->q->src); /* at worst */
	return 0;
}

int fuse_dry_sample_range(struct transfer *t)
{
	t->facts.cannot_tell = true;
	return 0;
}
