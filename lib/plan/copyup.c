/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * When a copy-up of the source may be tried: whether the user allows it, it does no harm, and it is
 * worth its cost.
 *
 * The limits are measured, see docs/decisions/0002-when-to-copy-up.md. Whether a clone can follow
 * at all, without which a copy-up is useless, is decided by the rows in method.c.
 */
#include "plan/copyup.h"

#include "model/facts.h"
#include "plan/policy.h"

/* Why a file of this size is not worth a copy-up; OVLCP_REASON_NONE if it is. */
static enum ovlcp_reason size_refusal(const struct facts *f, const struct ovlcp_options *opt)
{
	uint64_t min = opt->copy_up_min;

	/* where sharing is required only a copy-up makes it possible, whatever it costs; but a
	   limit set by the user still counts */
	if (min == 0 && !plan_must_share(opt) && f->destinations == 1)
		min = PLAN_COPY_UP_MIN_SINGLE;
	if (f->size < min)
		return OVLCP_REASON_LOWER_SMALL;
	if (!plan_must_share(opt) && f->destinations > 1 && f->size < PLAN_COPY_UP_MIN_FAN_OUT)
		return OVLCP_REASON_LOWER_DONOR;
	return OVLCP_REASON_NONE;
}

enum ovlcp_reason plan_copy_up_refusal(const struct facts *f, const struct ovlcp_options *opt)
{
	if (opt->copy_up == OVLCP_COPY_UP_NEVER)
		return OVLCP_REASON_LOWER_NEVER;
	if (f->copy_up_harm != OVLCP_REASON_NONE)
		return f->copy_up_harm;
	if (opt->copy_up != OVLCP_COPY_UP_AUTO)
		return OVLCP_REASON_NONE;
	/* each copy-up costs a flush of the upper filesystem, and most files of a tree are copied
	   only once */
	if (f->in_tree && !plan_must_share(opt))
		return OVLCP_REASON_LOWER_TREE;
	return size_refusal(f, opt);
}

bool plan_is_not_worth_it(enum ovlcp_reason refusal)
{
	return refusal == OVLCP_REASON_LOWER_SMALL || refusal == OVLCP_REASON_LOWER_TREE;
}
