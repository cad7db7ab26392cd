/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The choice of steps (lib/plan/method.c, reason.c, copyup.c). The input are options that the
 * library accepts, facts, and a byte for each step: the errno that it ends with.
 *
 * For any facts and any errors the copy ends within as many steps as there are methods, and no step
 * is taken twice but clones of donors. Under reflink=never there is no clone, no copy_file_range
 * and no copy-up; under copy-up=never no copy-up; where sharing is required no bytes are written
 * but for an empty file; after an error that is final there is no other step. It is done only if a
 * step provided the data, and then sharing was not required or happened. The reason for not sharing
 * is always one that has a name.
 */
#include "input.h"

#include "plan/copyup.h"
#include "plan/errclass.h"
#include "plan/method.h"
#include "plan/policy.h"
#include "plan/reason.h"

#include <errno.h>

/* Errors that steps end with; 0 is success. -1: it ended early without one. */
static const int errors[] = { 0,      0,      EXDEV,	 EINVAL, EOPNOTSUPP, ENOTTY, EIO,
			      ENOSPC, EDQUOT, ECANCELED, ENOMEM, ETXTBSY,    EPERM,  EACCES,
			      EROFS,  EAGAIN, EINTR,	 ESTALE, EFBIG,	     ENOSYS, -1 };
#define ERRORS (sizeof(errors) / sizeof(*errors))

struct copy {
	struct ovlcp_options opt;
	struct facts f;
	struct plan_past past;
	unsigned int donors;
	bool is_final;
};

static bool is_data(enum plan_method m)
{
	return m == PLAN_CLONE || m == PLAN_CLONE_DONOR || m == PLAN_CLONE_UPPER ||
	       m == PLAN_CLONE_MATCHED || m == PLAN_CLONE_LAYER || m == PLAN_CLONE_REMEMBERED ||
	       m == PLAN_RANGE || m == PLAN_RANGE_DONOR || m == PLAN_READ_WRITE;
}

static struct ovlcp_options read_options(struct input *in)
{
	struct ovlcp_options opt = {
		.reflink = input_below(in, OVLCP_REFLINK_NEVER + 1),
		.copy_up = input_below(in, OVLCP_COPY_UP_NEVER + 1),
		.sparse = input_below(in, OVLCP_SPARSE_NEVER + 1),
		.require = input_below(in, OVLCP_REQUIRE_CLONE + 1),
		.flags = input_flag(in) ? OVLCP_NO_LAYER_BYPASS : 0,
		.copy_up_min = input_number(in),
	};

	/* are_consistent() of lib/api/request.c */
	if (plan_must_share(&opt))
		opt.sparse = OVLCP_SPARSE_AUTO;
	if (opt.reflink == OVLCP_REFLINK_NEVER)
		opt.require = OVLCP_REQUIRE_ANY;
	return opt;
}

static struct facts read_facts(struct input *in)
{
	struct facts f = {
		.regular = !input_flag(in),
		.size = input_number(in),
		.sparse = input_flag(in),
		.in_tree = input_flag(in),
		.destinations = 1 + input_below(in, 4),
		.more_follow = input_flag(in),
		.donor_ready = input_flag(in),
		.pair_cannot_clone = input_flag(in),
		.pair_refuses_range = input_flag(in),
		.range_copies = input_flag(in),
		.pair_hides_layers = input_flag(in),
		.siblings_cross_device = input_flag(in),
		.leaves_overlay = input_flag(in),
		.enters_overlay = input_flag(in),
		.cannot_tell = input_flag(in),
		.beyond_limit = input_flag(in),
		.has_checksums = input_flag(in),
		.metadata_only = input_flag(in),
		.executable = input_flag(in),
		.copy_up_opens = input_flag(in),
		.pair_cannot_copy_up = input_flag(in),
		.remembers = input_flag(in),
		.will_be_remembered = input_flag(in),
	};

	f.donor_ready = f.donor_ready && f.regular;
	if (f.size)
		f.hole_bytes = input_number(in) % f.size;
	f.allocated = f.size - f.hole_bytes;
	if (f.hole_bytes)
		f.filled_bytes = input_number(in) % f.hole_bytes;
	return f;
}

static bool is_donor(enum plan_method m)
{
	return m == PLAN_CLONE_DONOR || m == PLAN_RANGE_DONOR;
}

static void check_step(const struct copy *c, enum plan_method m)
{
	must(!c->is_final || m == PLAN_FAIL);
	if (m == PLAN_DONE || m == PLAN_FAIL)
		return;
	must(c->past.outcome[m] == CLASS_NOT_TRIED || is_donor(m));
	must(!is_donor(m) || c->f.donor_ready);
	must(c->opt.reflink != OVLCP_REFLINK_NEVER || m == PLAN_READ_WRITE);
	must(c->f.regular || m == PLAN_READ_WRITE);
	if (m == PLAN_COPY_UP)
		must(c->opt.copy_up != OVLCP_COPY_UP_NEVER && !c->f.pair_cannot_copy_up &&
		     (c->f.relation == RELATION_SAME_OVERLAY ||
		      (c->f.relation == RELATION_SAME_FUSE_OVERLAY &&
		       c->f.dst_range_shares == ANSWER_YES)) &&
		     c->f.copy_up_harm == OVLCP_REASON_NONE);
	if (m == PLAN_RECALL)
		must(c->f.remembers);
	if (m == PLAN_CLONE_REMEMBERED)
		must(c->past.outcome[PLAN_RECALL] == CLASS_DONE);
	if (m == PLAN_SEEK_LAYER)
		must(c->f.leaves_overlay && !(c->opt.flags & OVLCP_NO_LAYER_BYPASS));
	if (m == PLAN_READ_WRITE && plan_must_share(&c->opt))
		must(c->f.size == 0 && c->opt.reflink != OVLCP_REFLINK_ALWAYS);
	must(m != PLAN_RANGE || c->opt.require != OVLCP_REQUIRE_CLONE);
}

/* The facts that steps find out, with values of the input. */
static void learn(struct copy *c, struct input *in, enum plan_method m)
{
	if (m == PLAN_CLASSIFY_PAIR) {
		c->f.relation = RELATION_APART + input_below(in, 5);
		c->f.dst_on_fuse_overlay = c->f.relation == RELATION_SAME_FUSE_OVERLAY;
		c->f.copy_up_harm =
			input_below(in, 4) ? OVLCP_REASON_NONE : OVLCP_REASON_LOWER_LINKS;
	}
	if (m == PLAN_PROBE_CLONE)
		c->f.dst_clones = input_flag(in) ? ANSWER_NO : ANSWER_YES;
	if (m == PLAN_SAMPLE_RANGE)
		c->f.dst_range_shares = input_flag(in) ? ANSWER_NO : ANSWER_YES;
	if (is_donor(m) && c->past.outcome[m] != CLASS_DONE)
		c->f.donor_ready = --c->donors > 0;
}

static void take_step(struct copy *c, struct input *in, enum plan_method m)
{
	int error = errors[input_below(in, ERRORS)];

	c->past.error[m] = error > 0 ? error : 0;
	c->past.outcome[m] = error < 0 ? CLASS_SHORT : plan_classify(m, error);
	learn(c, in, m);
	must(c->past.outcome[m] != CLASS_NOT_TRIED);
	c->is_final = c->is_final || c->past.outcome[m] == CLASS_TERMINAL;
	/* what must never be followed by another method: it would make a corrupt copy, or go on
	   after the end was asked for */
	must((error != EIO && error != ECANCELED) || c->past.outcome[m] == CLASS_TERMINAL);
}

static void check_end(const struct copy *c, enum plan_method end)
{
	enum ovlcp_reason reason = plan_reason(&c->f, &c->opt, &c->past);
	bool has_data = false;
	bool has_bytes = c->past.outcome[PLAN_READ_WRITE] == CLASS_DONE;

	must(reason < OVLCP_REASON_COUNT && ovlcp_reason_name(reason));
	for (int m = 0; m < PLAN_METHODS; m++)
		has_data = has_data ||
			   (is_data((enum plan_method)m) && c->past.outcome[m] == CLASS_DONE);
	must((end == PLAN_DONE) == (has_data && !c->is_final));
	if (end == PLAN_DONE && plan_must_share(&c->opt))
		must(has_bytes ? c->f.size == 0 : reason == OVLCP_REASON_NONE || c->f.cannot_tell);
	/* without a final error only sharing that was required is given up before bytes are tried
	 */
	if (end == PLAN_FAIL && !c->is_final && !plan_must_share(&c->opt))
		must(c->past.outcome[PLAN_READ_WRITE] != CLASS_NOT_TRIED);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data, size };
	struct copy c = { .opt = read_options(&in), .f = read_facts(&in) };
	struct plan_step step;

	c.donors = 1 + input_below(&in, 3);
	for (unsigned int steps = 0;; steps++) {
		step = plan_next(&c.f, &c.opt, &c.past);
		must(steps <= PLAN_METHODS && step.rule && *step.rule && step.rule_text);
		check_step(&c, step.method);
		if (step.method == PLAN_DONE || step.method == PLAN_FAIL)
			break;
		take_step(&c, &in, step.method);
	}
	check_end(&c, step.method);
	(void)plan_is_refusal_by_option(plan_copy_up_refusal(&c.f, &c.opt));
	return 0;
}
