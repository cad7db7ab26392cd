/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What the options ask for, in the terms of the plan.
 */
#include "plan/policy.h"

bool plan_must_share(const struct ovlcp_options *opt)
{
	return opt->reflink == OVLCP_REFLINK_ALWAYS || opt->require != OVLCP_REQUIRE_ANY;
}
