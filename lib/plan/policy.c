/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Questions about the options that several tables of the plan ask.
 */
#include "plan/policy.h"

bool plan_must_share(const struct ovlcp_options *opt)
{
	return opt->reflink == OVLCP_REFLINK_ALWAYS || opt->require != OVLCP_REQUIRE_ANY;
}
