/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The loop of a transfer: ask the plan for a step, carry it out, record the outcome, until the plan
 * ends.
 *
 * No fallback is coded here. A new one is a row in plan/method.c and, if it needs a new method, a
 * function in the table below.
 */
#include "transfer/transfer.h"

#include "base/fd.h"
#include "base/inodeset.h"
#include "exec/data.h"
#include "plan/errclass.h"
#include "plan/method.h"
#include "plan/policy.h"
#include "plan/reason.h"
#include "plan/split.h"
#include "probe/cfr_offload.h"
#include "probe/fs_pair_cache.h"
#include "probe/layer.h"
#include "sys/flags.h"
#include "sys/process.h"
#include "transfer/dry_run.h"
#include "transfer/range_share.h"
#include "transfer/remembered.h"
#include "transfer/steps.h"
#include "transfer/unnamed.h"

#include <errno.h>

/* For each step: its implementation, that of a dry run (the same where it changes nothing), the
   public method, the operation for errors, whether it is slow or changes the source, so that
   queued destinations are completed before it, and whether it copies bytes. */
static const struct {
	int (*carry_out)(struct transfer *t);
	int (*dry)(struct transfer *t);
	enum ovlcp_method method;
	enum ovlcp_op op;
	bool is_slow;
	bool moves_bytes;
} steps[PLAN_METHODS] = {
	[PLAN_CLONE] = { step_clone, dry_clone, OVLCP_METHOD_CLONE, OVLCP_OP_CLONE },
	[PLAN_CLONE_DONOR] = { step_clone_donor, step_clone_donor, OVLCP_METHOD_CLONE_DONOR,
			       OVLCP_OP_CLONE },
	[PLAN_CLONE_UPPER] = { step_clone, dry_clone_upper, OVLCP_METHOD_CLONE_UPPER,
			       OVLCP_OP_CLONE },
	[PLAN_MATCH_FLAG] = { step_match_flag, dry_match_flag, OVLCP_METHOD_NONE, OVLCP_OP_CLONE },
	[PLAN_CLONE_MATCHED] = { step_clone, dry_clone_matched, OVLCP_METHOD_CLONE,
				 OVLCP_OP_CLONE },
	[PLAN_SEEK_LAYER] = { step_seek_layer, step_seek_layer, OVLCP_METHOD_NONE, OVLCP_OP_NONE },
	[PLAN_CLONE_LAYER] = { step_clone_layer, dry_clone_layer, OVLCP_METHOD_CLONE_LAYER,
			       OVLCP_OP_CLONE },
	[PLAN_CLASSIFY_PAIR] = { step_classify_pair, step_classify_pair, OVLCP_METHOD_NONE,
				 OVLCP_OP_NONE },
	[PLAN_PROBE_CLONE] = { step_probe_clone, dry_probe_clone, OVLCP_METHOD_NONE,
			       OVLCP_OP_NONE },
	[PLAN_SAMPLE_RANGE] = { range_share_sample, range_share_dry_sample, OVLCP_METHOD_NONE,
				OVLCP_OP_NONE },
	[PLAN_RANGE_DONOR] = { range_share_donor, range_share_dry_donor, OVLCP_METHOD_COPY_RANGE,
			       OVLCP_OP_COPY_RANGE },
	[PLAN_COPY_UP] = { step_copy_up, dry_copy_up, OVLCP_METHOD_NONE, OVLCP_OP_COPY_UP, true },
	[PLAN_RECALL] = { remembered_recall, remembered_recall, OVLCP_METHOD_NONE, OVLCP_OP_NONE },
	[PLAN_CLONE_REMEMBERED] = { remembered_clone, dry_clone_remembered,
				    OVLCP_METHOD_CLONE_REMEMBERED, OVLCP_OP_CLONE },
	[PLAN_PROBE_SPLIT] = { step_probe_split, step_probe_split, OVLCP_METHOD_NONE,
			       OVLCP_OP_NONE },
	[PLAN_RANGE] = { step_range, dry_range, OVLCP_METHOD_COPY_RANGE, OVLCP_OP_COPY_RANGE, true,
			 true },
	[PLAN_READ_WRITE] = { step_read_write, dry_read_write, OVLCP_METHOD_READ_WRITE,
			      OVLCP_OP_WRITE, true, true },
};

static int take_step(struct transfer *t, enum plan_method method)
{
	const bool is_real =
		!t->q->dst->would_exist ||
		(t->q->copies_up && (method == PLAN_COPY_UP || method == PLAN_SAMPLE_RANGE));

	if (!is_real && steps[method].moves_bytes)
		unnamed_predict(t);
	if (!is_real)
		return steps[method].dry(t);
	return steps[method].moves_bytes ? unnamed_carry_out(t, steps[method].carry_out)
					 : steps[method].carry_out(t);
}

/* Number of files of a tree that are not tried after a clone has failed with EXDEV: a try costs
   about as much as copying 4 KiB, and the files of a directory are mostly on the same layer. */
#define CLONE_RETRY_INTERVAL 15

/* Record what the outcome of a step says about all files of the two filesystems. */
static void update_pair(struct transfer *t, enum plan_method method)
{
	enum plan_class class = t->past.outcome[method];

	if (method == PLAN_CLONE && class == CLASS_UNSUPPORTED) {
		t->pair.clones = ANSWER_NO;
		t->pair.on_fuse = t->facts.on_fuse = layer_is_fuse(t->q->dst->fd);
	}
	if (method == PLAN_CLONE && plan_is_filtered(t->past.error[method]))
		t->pair.clone_filtered = t->facts.clone_filtered = true;
	if (method == PLAN_CLONE)
		t->pair.skip_clone_for = class == CLASS_CROSS_DEVICE ? CLONE_RETRY_INTERVAL : 0;
	else if (t->facts.siblings_cross_device && t->past.outcome[PLAN_CLONE] == CLASS_NOT_TRIED)
		t->pair.skip_clone_for--;
	if (method == PLAN_COPY_UP && t->past.error[method] == EXDEV)
		t->pair.copy_up_refused = true;
	if (method == PLAN_SEEK_LAYER && class != CLASS_DONE)
		t->pair.hides_layers = true;
	if (method == PLAN_RANGE && class == CLASS_CROSS_DEVICE &&
	    t->pair.relation == RELATION_APART)
		t->pair.range_refused = true;
}

/* Find out why a clone was refused with EINVAL. */
static void explain_invalid(struct transfer *t)
{
	t->facts.beyond_limit = t->q->src->size > sys_file_size_limit();
	t->facts.has_checksums = sys_knows_nocow(t->q->dst->fd);
}

static void record_outcome(struct transfer *t, enum plan_method method, int r)
{
	enum ovlcp_op op = t->copy.failed_op ? t->copy.failed_op : steps[method].op;

	t->past.error[method] = r < 0 ? -r : 0;
	t->past.outcome[method] =
		r == EXEC_SHORT ? CLASS_SHORT : plan_classify(method, t->past.error[method]);
	if (r == -EINVAL && op == OVLCP_OP_CLONE)
		explain_invalid(t);
	if (r < 0) {
		t->last = (struct err){ -r, op };
		t->last_failed = method;
		if (!t->outcome.refusal.code)
			t->outcome.refusal = t->last;
	}
	update_pair(t, method);
}

/* Return whether the last error was terminal: it is the reason, and no other method was tried. */
static bool is_terminal(const struct transfer *t)
{
	return t->past.outcome[t->last_failed] == CLASS_TERMINAL;
}

/*
 * Return the error of a failed transfer: the last one; but if a clone was required and no terminal
 * error came, the error of the clone.
 */
static struct err choose_error(const struct transfer *t)
{
	/* without a scratch file nothing was refused (EBADF) */
	int clone = t->facts.cannot_tell ? 0 : t->past.error[PLAN_CLONE];

	if (is_terminal(t) || !plan_must_share(t->q->opt))
		return t->last;
	return (struct err){ clone ? clone : EOPNOTSUPP, OVLCP_OP_CLONE };
}

/* Count what is shared: @cloned bytes with holes are done; copy_file_range has counted it as
 * written.
 */
static void report_shared(const struct transfer *t, const struct outcome *out, uint64_t cloned)
{
	const uint64_t n = out->shared;

	if ((n > 0 || cloned > 0) && !t->q->dst->would_exist)
		exec_progress_add(t->o->progress, (struct exec_bytes){ .done = cloned,
								       .written = cloned ? 0 : -n,
								       .shared = n });
}

/* Return the bytes of the source that a clone shares: there is nothing in holes. They are searched
   for only where that is to be explained. */
static uint64_t cloned_bytes(const struct transfer *t)
{
	struct source *src = t->q->src;

	return (t->q->opt->flags & OVLCP_EXPLAIN) ? source_data_bytes(src) : src->size;
}

/* Return whether the source could be cloned from the file in its layer, if that was to be looked
   up. In a tree one file stands for all of them: it takes about a millisecond. */
static bool would_layer_help(struct transfer *t)
{
	enum answer *answer = &t->pair.layer_would_help;

	if (*answer == ANSWER_NOT_ASKED || t->q->src->from_caller)
		*answer = step_seek_layer(t) == 0 ? ANSWER_YES : ANSWER_NO;
	return *answer == ANSWER_YES;
}

/* Return why the data is not shared. */
static enum ovlcp_reason reason_of(struct transfer *t)
{
	enum ovlcp_reason reason = plan_reason(&t->facts, t->q->opt, &t->past);
	bool is_explained = (t->q->opt->flags & OVLCP_EXPLAIN) || plan_must_share(t->q->opt);

	if ((reason == OVLCP_REASON_LAYER_NEVER || reason == OVLCP_REASON_LAYER_SMALL) &&
	    is_explained && !would_layer_help(t))
		return OVLCP_REASON_OUTSIDE_OVERLAY;
	return reason;
}

static void fill_outcome(struct transfer *t)
{
	struct outcome *out = &t->outcome;
	uint64_t shared = 0;

	out->method = steps[t->step.method].method;
	/* no probe of its own: take the relation that is cached for this pair of filesystems */
	if (t->facts.relation == RELATION_UNKNOWN)
		t->facts.relation = t->pair.relation;
	out->reason = reason_of(t);
	out->written = t->copy.written;
	if (out->method != OVLCP_METHOD_COPY_RANGE && out->method != OVLCP_METHOD_READ_WRITE) {
		out->shared = cloned_bytes(t);
		report_shared(t, out, t->q->src->size);
		return;
	}
	t->is_donor = plan_is_donor(&t->facts, t->q->opt) && !t->cannot_give &&
		      t->step.method != PLAN_RANGE_DONOR;
	if (out->method == OVLCP_METHOD_COPY_RANGE)
		shared = t->range_shared;
	/* extents are whole blocks: the last one may reach beyond the end of the file */
	out->shared = shared < out->written ? shared : out->written;
	out->written -= out->shared;
	report_shared(t, out, 0);
	if (out->shared > 0 && out->written == 0)
		out->reason = OVLCP_REASON_NONE;
}

/* Return whether copy_file_range is known to copy bytes there, as read and write do. It matters
   only for several destinations and for big files, so it is probed only then. */
static bool is_range_a_copy(struct transfer *t)
{
	enum answer *answer = &t->pair.range_copies;

	if (t->q->destinations == 1 && t->q->src->size < PLAN_SPLIT_MIN)
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
		.src_seekable = both_regular,
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

/* Take the source for copied up if it would have been by another name of it. */
static void notice_other_name(struct ovlcp *o, const struct transfer_request *q)
{
	struct source *src = q->src;

	if (q->dst->would_exist && src->copy_up == CLASS_NOT_TRIED && src->st.st_nlink > 1 &&
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

/* Convert to the values of ovlcp_event_can_clone. */
static int answer_to_int(enum answer answer)
{
	return answer == ANSWER_YES ? 1 : answer == ANSWER_NO ? 0 : -1;
}

/* Fill outcome.can_clone, which only explanations need. */
static void fill_can_clone(struct transfer *t)
{
	struct outcome *out = &t->outcome;
	enum answer *clones = &t->facts.dst_clones;
	dev_t dev = t->q->dst->st.st_dev;

	out->can_clone = -1;
	if (!(t->q->opt->flags & OVLCP_EXPLAIN))
		return;
	if (*clones == ANSWER_NOT_ASKED)
		*clones = fs_pair_get(t->o->fs_pairs, dev, dev).clones;
	/* only an empty file can be probed, so a real copy is judged by its outcome */
	if (*clones == ANSWER_NOT_ASKED && t->q->dst->would_exist)
		(void)take_step(t, PLAN_PROBE_CLONE);
	if (out->shared > 0 && out->method != OVLCP_METHOD_COPY_RANGE)
		*clones = ANSWER_YES;
	out->can_clone = t->facts.cannot_tell ? -1 : answer_to_int(*clones);
}

/* Fill the outcome and the error, because the plan has ended with @method. 0, or -errno. */
static int finish(struct transfer *t, enum plan_method method)
{
	t->outcome.copy_up_error = t->past.error[PLAN_COPY_UP];
	if (method == PLAN_DONE) {
		fill_outcome(t);
	} else {
		if (!is_terminal(t))
			t->outcome.reason = reason_of(t);
		t->err = choose_error(t);
	}
	fs_pair_put(t->o->fs_pairs, &t->pair);
	if (t->facts.cannot_tell)
		t->outcome.refusal = (struct err){ 0 };
	fill_can_clone(t);
	return -t->err.code;
}

/* Reload the pair, so as not to overwrite in the cache what other transfers have learned; and the
   source, which may have turned out to be a stream, and is read from a destination since then. */
static void resume(struct transfer *t)
{
	if (t->is_suspended) {
		t->pair = fs_pair_get(t->o->fs_pairs, t->pair.src, t->pair.dst);
		t->copy.src_fd = t->q->src->fd;
	}
	t->is_suspended = false;
}

/* Suspend before the step @method. An enum transfer_state. */
static int suspend(struct transfer *t, enum plan_method method)
{
	fs_pair_put(t->o->fs_pairs, &t->pair);
	t->is_suspended = true;
	return method == PLAN_READ_WRITE && plan_uses_tee(&t->facts, t->q->opt) ? TRANSFER_READS
										: TRANSFER_ALONE;
}

int transfer_run(struct transfer *t, bool may_suspend)
{
	resume(t);
	for (;;) {
		struct plan_step step = plan_next(&t->facts, t->q->opt, &t->past);

		if (step.method != PLAN_DONE) {
			t->outcome.rule = step.rule;
			t->outcome.rule_text = step.rule_text;
		}
		if (step.method == PLAN_DONE || step.method == PLAN_FAIL)
			return finish(t, step.method);
		if (may_suspend && steps[step.method].is_slow && !t->q->dst->would_exist)
			return suspend(t, step.method);
		t->step = step;
		t->copy.failed_op = OVLCP_OP_NONE;
		record_outcome(t, step.method, take_step(t, step.method));
	}
}

int transfer_cloned_from(const struct transfer *t)
{
	const enum ovlcp_method method = t->outcome.method;

	if (method == OVLCP_METHOD_CLONE || method == OVLCP_METHOD_CLONE_UPPER)
		return t->q->src->fd;
	if (method == OVLCP_METHOD_CLONE_LAYER)
		return t->q->src->layer_fd;
	if (method == OVLCP_METHOD_CLONE_REMEMBERED)
		return t->recalled.fd;
	if (method == OVLCP_METHOD_CLONE_DONOR)
		return t->q->donors->list[t->donor_next - 1].fd;
	return -EBADF;
}

void transfer_done(struct transfer *t)
{
	fd_drop(&t->unnamed_fd);
	t->unnamed_fd = -EBADF;
	recall_done(&t->recalled);
}

void transfer_note(struct transfer *t, int r)
{
	resume(t);
	t->step = plan_next(&t->facts, t->q->opt, &t->past);
	step_mark_consumed(t);
	record_outcome(t, t->step.method, r);
}
