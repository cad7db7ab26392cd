/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * When a copy-up of the source may be tried: what the user allows, what does harm, what pays.
 *
 * The limits are measured, see docs/decisions/0002-when-to-copy-up.md. That the destination
 * can clone at all, without which no copy-up is of use, is a matter of the rows in method.c.
 */
#include "plan/copyup.h"

#include "plan/policy.h"

/* Why a copy-up of a file of this size does not pay, or OVLCP_REASON_NONE if it does. */
static enum ovlcp_reason too_small(const struct facts *f, const struct ovlcp_options *opt)
{
	uint64_t min = opt->copy_up_min;

	/* nothing but a copy-up gives what is required, so what it costs is no argument; a limit
	   that the user named is one */
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
	/* each would cost a flush of the upper filesystem, and most are copied only once */
	if (f->in_tree && !plan_must_share(opt))
		return OVLCP_REASON_LOWER_TREE;
	return too_small(f, opt);
}

bool plan_is_not_worth_it(enum ovlcp_reason refusal)
{
	return refusal == OVLCP_REASON_LOWER_SMALL || refusal == OVLCP_REASON_LOWER_TREE;
}
