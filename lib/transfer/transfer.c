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
#include "exec/data.h"
#include "plan/errclass.h"
#include "plan/method.h"
#include "plan/policy.h"
#include "probe/fs_pair_cache.h"
#include "probe/layer.h"
#include "sys/flags.h"
#include "sys/process.h"
#include "transfer/dry_run.h"
#include "transfer/outcome.h"
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
			return outcome_fill(t, step.method == PLAN_DONE,
					    steps[t->step.method].method);
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
