/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What the options ask for, in the terms of the plan.
 */
#ifndef OVL_PLAN_POLICY_H
#define OVL_PLAN_POLICY_H

#include "model/facts.h"
#include "model/plan.h"

/** Whether a file that cannot share its data is to fail. */
bool plan_must_share(const struct ovlcp_options *opt);

#endif
