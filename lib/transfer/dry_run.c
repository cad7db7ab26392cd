/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Dry runs of the steps of a transfer.
 *
 * The destination is a scratch file on its filesystem, so that calls can be probed on it; the
 * source is only read. Not detected: a running program and a lease of another user, a quota.
 */
#include "transfer/dry_run.h"

#include "base/inodeset.h"
#include "exec/data.h"
#include "plan/copyup.h"
#include "plan/errclass.h"
#include "plan/policy.h"
#include "probe/fs_pair_cache.h"
#include "probe/layer.h"
#include "sys/flags.h"
#include "sys/process.h"
#include "sys/share.h"
#include "sys/status.h"
#include "transfer/obstacle.h"
#include "transfer/range_share.h"
#include "transfer/steps.h"

#include <errno.h>

static bool is_cross_device(const struct transfer *t)
{
	return t->q->src->st.st_dev != t->q->dst->st.st_dev;
}

/* Return whether the copy would be larger than a file may be. */
static bool is_beyond_limit(const struct transfer *t)
{
	return t->q->src->size > sys_file_size_limit();
}

int dry_probe_clone(struct transfer *t)
{
	dev_t dev = t->q->dst->st.st_dev;
	int fd = t->q->dst->fd;
	bool is_known = fs_pair_get(t->o->fs_pairs, dev, dev).clones != ANSWER_NOT_ASKED;
	int r = step_probe_clone(t);

	/* without a scratch file nothing can be probed */
	if (!is_known)
		t->facts.cannot_tell = sys_clone_probe(fd) == -EBADF && !layer_is_fuse(fd);
	return r;
}

/* Return whether the source would have been copied up in the overlay of the destination, for this
   destination or for one before it. */
static bool would_be_copied_up(const struct transfer *t)
{
	return t->past.outcome[PLAN_COPY_UP] == CLASS_DONE &&
	       t->pair.relation == RELATION_SAME_OVERLAY;
}

int dry_clone_upper(struct transfer *t)
{
	int src = t->q->dst->initial_nocow;
	int dst = src < 0 ? src : sys_get_nocow(t->q->dst->fd);

	return src >= 0 && dst >= 0 && src != dst ? -EINVAL : 0;
}

int dry_clone(struct transfer *t)
{
	int fd = t->q->dst->fd;
	int r = sys_clone_range_probe(fd, t->q->src->fd);

	if (is_beyond_limit(t))
		return -EINVAL;
	/* for an earlier destination of the call; in a dry run the kernel does not know of it */
	if (r == -EXDEV && would_be_copied_up(t))
		return dry_clone_upper(t);
	/* no scratch file, but no FUSE filesystem can clone (EBADF: O_PATH) */
	if (r == -EBADF && layer_is_fuse(fd))
		return is_cross_device(t) ? -EXDEV : -EOPNOTSUPP;
	if (r != -EINVAL)
		return r;
	return sys_knows_nocow(fd) ? step_sample_clone(t) : 0;
}

int dry_match_flag(struct transfer *t)
{
	/* in a dry run the source is still on the layer that cannot be cloned from */
	if (would_be_copied_up(t))
		return sys_set_nocow(t->q->dst->fd, t->q->dst->initial_nocow == 1);
	return step_match_flag(t);
}

int dry_clone_matched(struct transfer *t)
{
	return would_be_copied_up(t) ? 0 : step_sample_clone(t);
}

/* Whether the file @from_fd could be cloned. 0, or -errno. */
static int probe_clone_of(const struct transfer *t, int from_fd)
{
	int r = sys_clone_range_probe(t->q->dst->fd, from_fd);

	return r == -EINVAL ? 0 : r;
}

int dry_clone_layer(struct transfer *t)
{
	return probe_clone_of(t, t->q->src->layer_fd);
}

int dry_clone_remembered(struct transfer *t)
{
	return probe_clone_of(t, t->recalled.fd);
}

/* Check whether the filesystem of @fd has room for @bytes. @as_root: also what is reserved for root
   can be used. 0 (also if unknown), or -ENOSPC. */
static int check_free_space(int fd, uint64_t bytes, bool as_root)
{
	struct sys_fs_numbers n;

	/* ramfs, the root directory of an initramfs, and many a server of FUSE have no size */
	if (sys_fs_numbers(fd, &n) < 0 || n.blocks == 0)
		return 0;
	return (as_root ? n.blocks_free : n.blocks_available) * n.block_size < bytes ? -ENOSPC : 0;
}

/* Whether root writes to the destination: an overlay does so with the rights of who mounted it. */
static bool writes_as_root(const struct transfer *t)
{
	return sys_owns((uid_t)-1) ||
	       layer_on_overlay(t->q->dst->fd, session_mount_table, t->o) != ANSWER_NO;
}

/* Check whether @bytes could be written to the destination. 0, or -errno. */
static int check_write(const struct transfer *t, uint64_t bytes)
{
	const struct target *dst = t->q->dst;
	struct stat old;
	/* what is overwritten or removed gives its space back, but not before the copy is complete
	   if it has its name until then */
	const bool stays = dst->backup || (t->q->opt->flags & OVLCP_ATOMIC);
	uint64_t freed = !stays && sys_stat(dst->dir_fd, dst->name, !dst->created, &old) == 0
				 ? (uint64_t)old.st_blocks * 512
				 : 0;

	if (is_beyond_limit(t))
		return -EFBIG;
	if (bytes <= freed)
		return 0;
	return check_free_space(dst->fd, bytes - freed, writes_as_root(t));
}

int dry_copy_up(struct transfer *t)
{
	struct source *s = t->q->src;

	if (s->copy_up == CLASS_NOT_TRIED) {
		int r = obstacle_error(t->o, s, t->facts.copy_up_opens);

		if (r == 0 && is_beyond_limit(t))
			r = -EFBIG;
		if (r == 0)
			r = check_free_space(s->fd, source_copy_up_bytes(s), true);
		s->copy_up_error = -r;
		s->copy_up = plan_classify(PLAN_COPY_UP, s->copy_up_error);
		if (r == 0)
			s->copied_up_unreported = s->data_bytes = source_copy_up_bytes(s);
		/* for its other names, and other sources of the call that are the same file; if
		   memory is short they are counted once more */
		if (r == 0 && (s->st.st_nlink > 1 || (t->q->opt->flags & OVLCP_SAME_CALL)))
			(void)inodeset_add(&t->o->would_be_upper, &s->st, "");
	}
	return -s->copy_up_error;
}

int dry_range(struct transfer *t)
{
	bool fuse = layer_is_fuse(t->q->dst->fd);
	int shares = is_beyond_limit(t)		? -EFBIG
		     : range_share_is_proven(t) ? 1
						: step_sample_range(t);

	/* no scratch file on FUSE; its server copies, and may share or not */
	if (shares == -EBADF && fuse)
		shares = is_cross_device(t) ? -EXDEV : 0;
	/* a copied-up source is on the filesystem of the destination; the clone was tried before */
	if (shares == -EXDEV && would_be_copied_up(t))
		shares = 0;
	if (shares == -ENODATA)
		return EXEC_SHORT;
	if (shares < 0)
		return shares;
	t->copy.written = source_data_bytes(t->q->src);
	t->range_shared = shares ? t->copy.written : 0;
	if (shares)
		return 0;
	if (plan_must_share(t->q->opt) && t->copy.size >= STEP_BLOCK && !t->facts.cannot_tell)
		return -EXDEV;
	return check_write(t, t->copy.written);
}

int dry_read_write(struct transfer *t)
{
	const bool hidden = t->q->opt->sparse == OVLCP_SPARSE_AUTO && t->facts.regular &&
			    source_hides_holes(t->q->src);

	/* blocks of zeros that would be left out are counted: the data is not read */
	t->copy.written =
		t->copy.sparse || t->copy.punch ? source_data_bytes(t->q->src) : t->q->src->size;
	/* what has no block is perhaps compressed */
	return check_write(t, hidden ? t->facts.allocated : t->copy.written);
}
