/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The filter of a container may deny FICLONE and not copy_file_range, which shares as well where
 * the kernel can. fuse-overlayfs answers FICLONE and FIEMAP by EOPNOTSUPP, and passes
 * copy_file_range between files of its upper layer on to the filesystem of that, which shares if it
 * can (measured with version 1.10 on Linux 6.18). Whether it has can only be seen by how much the
 * filesystem has grown: statfs returns the numbers of the upper layer's.
 *
 * The surprising facts: what is copied from a lower layer waits in the page cache of FUSE, so that
 * nothing has grown before it is written back. And btrfs shows growth only after its transaction,
 * but it can be told by its having no number of inodes, and it always shares.
 */
#include "transfer/range_share.h"

#include "base/fd.h"
#include "exec/data.h"
#include "exec/unnamed.h"
#include "probe/layer.h"
#include "sys/descriptor.h"
#include "sys/extents.h"
#include "sys/pages.h"
#include "sys/share.h"
#include "sys/status.h"
#include "target/scratch.h"

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

/* Whether @len bytes of @fd are shared that were copied after @before: by its extents, where these
   are listed, else by the growth of the filesystem. */
static enum answer is_shared(int fd, const struct sys_fs_numbers *before, uint64_t len)
{
	int64_t shared = sys_shared_bytes(fd);
	enum answer grown;

	if (shared >= 0)
		return shared > 0 ? ANSWER_YES : ANSWER_NO;
	grown = len < SAMPLE_SIZE ? ANSWER_NOT_ASKED : has_grown(fd, before, len);
	return grown == ANSWER_NOT_ASKED ? grown : grown == ANSWER_YES ? ANSWER_NO : ANSWER_YES;
}

/* Copy the beginning of the source by read and write: copy_file_range does not cross the layers of
   overlayfs. 0, or -errno. */
static int write_start(struct transfer *t, uint64_t len)
{
	struct exec_copy x = t->copy;
	int r;

	x.size = len;
	x.progress = NULL;
	x.sparse = x.punch = false;
	x.buffer = session_buffer(t->o);
	r = x.buffer ? exec_read_write(&x) : -ENOMEM;
	t->copy.failed_op = x.failed_op;
	return r;
}

/* Have the sample written to the disk. 0 with *@ret_known set to whether it was; or -errno, if that
   failed, which a later close may not tell. */
static int write_back(struct transfer *t, bool *ret_known)
{
	int r = sys_write_back(t->q->dst->fd);

	*ret_known = r == 0;
	if (r == -ENOSYS || r == -EINVAL || r == -EPERM) /* cannot be asked: sys/pages.h */
		return 0;
	if (r < 0)
		t->copy.failed_op = OVLCP_OP_WRITE;
	return r;
}

/* Copy @len bytes of the source to the destination. 0 with *@ret_shared set, or -errno. */
static int sample_source(struct transfer *t, uint64_t len, enum answer *ret_shared)
{
	const int fd = t->q->dst->fd;
	struct sys_fs_numbers before;
	bool is_known = true;
	int r = sys_fs_numbers(fd, &before);

	if (r == 0)
		r = copy_start(t->q->src->fd, fd, len);
	if (r == -EXDEV) {
		*ret_shared = ANSWER_NO;
		return write_start(t, len);
	}
	if (r == 0 && layer_is_fuse(fd))
		r = write_back(t, &is_known);
	*ret_shared = r == 0 && is_known ? is_shared(fd, &before, len) : ANSWER_NOT_ASKED;
	return r;
}

/* Open a file without a name on the filesystem of the destination. A descriptor that the caller
   owns, or -errno. */
static int open_second(const struct transfer *t)
{
	const struct target *dst = t->q->dst;
	int fd = scratch_open_in_root(t->o, dst->fd);

	/* beside the destination it copies the directory up */
	if (fd < 0 && (!dst->would_exist || t->q->copies_up))
		fd = exec_open_unnamed(dst->dir_fd);
	return fd;
}

/* Whether a copy of the sample, which is in the destination now, shares it. */
static enum answer sample_upper(const struct transfer *t, uint64_t len)
{
	CLEANUP_FD int fd = open_second(t);
	struct sys_fs_numbers before;

	if (fd < 0 || sys_fs_numbers(fd, &before) < 0 || copy_start(t->q->dst->fd, fd, len) < 0)
		return ANSWER_NO;
	return is_shared(fd, &before, len) == ANSWER_YES ? ANSWER_YES : ANSWER_NO;
}

/* Whether the upper layer is on btrfs, and that cannot be seen by the extents: its statfs has no
   number of inodes. */
static bool is_hidden_btrfs(int fd)
{
	struct sys_fs_numbers n;

	return sys_shared_bytes(fd) < 0 && sys_fs_numbers(fd, &n) == 0 && n.files == 0;
}

int range_share_sample(struct transfer *t)
{
	const int dst_fd = t->q->dst->fd;
	const uint64_t size = t->q->src->size;
	const uint64_t len = size < SAMPLE_SIZE ? size : SAMPLE_SIZE;
	enum answer shared = ANSWER_NOT_ASKED;
	int r = sample_source(t, len, &shared);

	t->facts.dst_range_shares = ANSWER_NO;
	if (r == 0 && shared == ANSWER_NO) {
		t->facts.src_range_shares = ANSWER_NO;
		t->facts.dst_range_shares = sample_upper(t, len);
		t->pair.range_shares = t->facts.dst_range_shares;
	} else if (r == 0 && is_hidden_btrfs(dst_fd)) {
		t->facts.dst_range_shares = ANSWER_YES;
	} else if (r == 0 && shared == ANSWER_YES) {
		t->facts.src_range_shares = ANSWER_YES;
	}
	return exec_discard(dst_fd, r);
}

bool range_share_is_proven(const struct transfer *t)
{
	return t->facts.src_range_shares == ANSWER_YES ||
	       (t->facts.dst_range_shares == ANSWER_YES &&
		t->past.outcome[PLAN_COPY_UP] == CLASS_DONE);
}

int range_share_donor(struct transfer *t)
{
	const int fd = t->q->dst->fd;
	struct exec_copy x = t->copy;
	struct sys_fs_numbers before;
	bool is_measured = sys_fs_numbers(fd, &before) == 0;
	int r;

	x.src_fd = t->q->donors->list[t->donor_next].fd;
	x.src_seekable = true;
	r = exec_range(&x);
	if (r == 0 && donors_check(t->q->donors, t->donor_next) < 0)
		r = -ESTALE;
	t->donor_next++;
	t->facts.donor_ready = t->donor_next < t->q->donors->count;
	if (r == 0) {
		t->copy = x;
		if (is_measured && is_shared(fd, &before, x.written) == ANSWER_YES)
			t->range_shared = x.written;
		return 0;
	}
	x.done = t->copy.done;
	x.written = t->copy.written;
	exec_count(&x);				     /* as before */
	return exec_discard(fd, r < 0 ? r : -EXDEV); /* the next step begins anew */
}

int range_share_dry_donor(struct transfer *t)
{
	t->facts.cannot_tell = true;
	t->copy.written = source_data_bytes(t->q->src); /* at worst */
	return 0;
}

int range_share_dry_sample(struct transfer *t)
{
	int r = layer_is_fuse(t->q->dst->fd) ? -EBADF : range_share_sample(t);

	/* there is no scratch file */
	t->facts.cannot_tell = t->facts.cannot_tell || r == -EBADF;
	return r;
}
