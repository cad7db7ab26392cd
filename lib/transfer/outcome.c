/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What a transfer has come to, from the facts and the outcomes of its steps.
 */
#include "transfer/outcome.h"

#include "plan/method.h"
#include "plan/policy.h"
#include "plan/reason.h"
#include "probe/fs_pair_cache.h"
#include "transfer/dry_run.h"
#include "transfer/steps.h"

#include <errno.h>

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

/* Take what is known about the pair of filesystems from the files before, for the reason: there is
   no probe of its own for that. */
static void take_known_facts(struct transfer *t)
{
	struct facts *f = &t->facts;
	const dev_t dev = t->q->dst->st.st_dev;

	if (f->relation == RELATION_UNKNOWN)
		f->relation = t->pair.relation;
	if (f->siblings_cross_device && f->dst_clones == ANSWER_NOT_ASKED &&
	    fs_pair_get(t->o->fs_pairs, dev, dev).clones == ANSWER_NO)
		f->dst_clones = ANSWER_NO;
}

/* Fill what a complete transfer, which ended with @method, has written and shared. */
static void fill_complete(struct transfer *t, enum ovlcp_method method)
{
	struct outcome *out = &t->outcome;
	uint64_t shared = 0;

	out->method = method;
	take_known_facts(t);
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
		(void)dry_probe_clone(t);
	if (out->shared > 0 && out->method != OVLCP_METHOD_COPY_RANGE)
		*clones = ANSWER_YES;
	out->can_clone = t->facts.cannot_tell ? -1 : answer_to_int(*clones);
}

/* Count the file if no clone of it was tried because those of files before it had failed. */
static void count_skipped(struct transfer *t)
{
	if (t->past.outcome[PLAN_CLONE] == CLASS_NOT_TRIED && t->pair.skip_clone_for > 0)
		t->pair.skip_clone_for--;
}

int outcome_fill(struct transfer *t, bool is_complete, enum ovlcp_method method)
{
	t->outcome.copy_up_error = t->past.error[PLAN_COPY_UP];
	if (is_complete) {
		fill_complete(t, method);
	} else {
		if (!is_terminal(t))
			t->outcome.reason = reason_of(t);
		t->err = choose_error(t);
	}
	count_skipped(t);
	fs_pair_put(t->o->fs_pairs, &t->pair);
	if (t->facts.cannot_tell)
		t->outcome.refusal = (struct err){ 0 };
	fill_can_clone(t);
	return -t->err.code;
}
