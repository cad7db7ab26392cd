/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * When a copy-up of the source may be tried: what the user allows, what does harm, what pays.
 *
 * The limits are measured, see docs/decisions/0002-when-to-copy-up.md. That the destination
 * can clone at all, without which no copy-up is of use, is a matter of the rows in method.c.
 */
#include "plan/plan.h"

static uint64_t copy_up_min(const struct facts *f, const struct ovlcp_options *opt)
{
	uint64_t min = opt->copy_up_min;

	/* nothing but a copy-up gives what is required, so its cost is no argument; but a
	   limit that the user named is */
	if (opt->reflink == OVLCP_REFLINK_ALWAYS)
		return min;
	if (f->destinations > 1)
		return min > PLAN_COPY_UP_MIN_FAN_OUT ? min : PLAN_COPY_UP_MIN_FAN_OUT;
	return min ? min : PLAN_COPY_UP_MIN_SINGLE;
}

enum ovlcp_why plan_copy_up_refusal(const struct facts *f, const struct ovlcp_options *opt)
{
	if (opt->copy_up == OVLCP_COPY_UP_NEVER)
		return OVLCP_WHY_LOWER_NEVER;
	if (f->copy_up_harm != OVLCP_WHY_NONE)
		return f->copy_up_harm;
	if (opt->copy_up == OVLCP_COPY_UP_AUTO && f->size < copy_up_min(f, opt))
		return f->destinations > 1 && f->size >= opt->copy_up_min &&
				       opt->reflink != OVLCP_REFLINK_ALWAYS
			       ? OVLCP_WHY_LOWER_DONOR
			       : OVLCP_WHY_LOWER_SMALL;
	return OVLCP_WHY_NONE;
}
