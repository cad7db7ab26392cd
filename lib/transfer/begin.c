/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The state of a transfer before its first step: what is known of the source, the destination, and
 * their filesystems.
 */
#include "transfer/begin.h"

#include "base/inodeset.h"
#include "plan/copyup.h"
#include "probe/cfr_offload.h"
#include "probe/fs_pair_cache.h"
#include "transfer/remembered.h"

#include <errno.h>

/* Return whether copy_file_range is known to copy bytes there, as read and write do. It matters
   only for several destinations and for big files, so it is probed only then. */
static bool is_range_a_copy(struct transfer *t)
{
	enum answer *answer = &t->pair.range_copies;

	if (t->q->destinations == 1 && t->q->src->size < PLAN_RANGE_SLOWER_MIN)
		return false;
	if (*answer == ANSWER_NOT_ASKED)
		*answer = cfr_offload_is_known_none(t->q->dst->fd) ? ANSWER_YES : ANSWER_NO;
	return *answer == ANSWER_YES;
}

/* Return what is known before the first step. t->pair must be filled. */
static struct facts initial_facts(struct transfer *t, bool both_regular)
{
	const struct source *src = t->q->src;

	return (struct facts){
		.regular = both_regular,
		.size = src->size,
		.sparse = both_regular && src->sparse,
		.allocated = src->sparse ? (uint64_t)src->st.st_blocks * 512 : src->size,
		.in_tree = !src->from_caller,
		.destinations = t->q->destinations,
		.more_follow = t->q->more_follow,
		.donor_ready = both_regular && t->q->donors->count > 0,
		.pair_cannot_clone = t->pair.clones == ANSWER_NO,
		.pair_refuses_range = t->pair.range_refused,
		.pair_cannot_copy_up = t->pair.copy_up_refused,
		.range_copies = is_range_a_copy(t),
		.pair_hides_layers = t->pair.hides_layers,
		.on_fuse = t->pair.on_fuse,
		.clone_filtered = t->pair.clone_filtered,
		.dst_on_fuse_overlay = t->pair.dst_on_fuse_overlay,
		.dst_range_shares =
			t->pair.range_shares == ANSWER_NO ? ANSWER_NO : ANSWER_NOT_ASKED,
		.siblings_cross_device = t->pair.skip_clone_for > 0,
		.leaves_overlay = t->pair.leaves_overlay,
		.enters_overlay = t->pair.enters_overlay,
	};
}

/* Return the state of the copying of bytes before the first step. */
static struct exec_copy initial_copy(const struct transfer *t, bool both_regular)
{
	const struct source *src = t->q->src;
	const struct target *dst = t->q->dst;

	return (struct exec_copy){
		.src_fd = src->fd,
		.dst_fd = dst->fd,
		.size = src->size,
		.src_seekable = src->regular,
		.dst_seekable = S_ISREG(dst->st.st_mode),
		/* OVLCP_SPARSE_NEVER reads holes as zeros and writes them; punch finds zeros in the
		   data itself */
		.sparse = both_regular && src->sparse && t->q->opt->sparse != OVLCP_SPARSE_NEVER,
		.punch = S_ISREG(dst->st.st_mode) && t->q->opt->sparse == OVLCP_SPARSE_ALWAYS,
		.dst_dev = dst->st.st_dev,
		.cancelled = t->o->cancelled,
		.progress = t->o->progress,
	};
}

/* Take the source for copied up if it would have been before: by another name of it, or as another
   source of the call, to which a symbolic link can lead. */
static void notice_other_name(struct ovlcp *o, const struct transfer_request *q)
{
	struct source *src = q->src;

	if (q->dst->would_exist && src->copy_up == CLASS_NOT_TRIED &&
	    inodeset_has(&o->would_be_upper, &src->st, ""))
		src->copy_up = CLASS_DONE;
}

void transfer_begin(struct transfer *t, struct ovlcp *o, const struct transfer_request *q)
{
	const struct source *src = q->src;
	const struct target *dst = q->dst;
	bool both_regular = src->regular && S_ISREG(dst->st.st_mode);

	*t = (struct transfer){ .o = o, .q = q, .unnamed_fd = -EBADF, .recalled = RECALLED_NONE };
	t->pair = fs_pair_get(t->o->fs_pairs, src->st.st_dev, dst->st.st_dev);
	t->facts = initial_facts(t, both_regular);
	remembered_fill_facts(t);
	notice_other_name(o, q);
	/* a copy-up is tried once per source, so its failure may concern every destination */
	t->past.outcome[PLAN_COPY_UP] = src->copy_up;
	t->past.error[PLAN_COPY_UP] = src->copy_up_error;
	t->last = (struct err){ src->copy_up_error, OVLCP_OP_COPY_UP };
	t->last_failed = PLAN_COPY_UP;
	t->copy = initial_copy(t, both_regular);
	if (q->opt->flags & OVLCP_EXPLAIN)
		source_describe_layer(o, q->src);
}
