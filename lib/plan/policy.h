/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Questions about the options that several tables of the plan ask.
 */
#ifndef OVL_PLAN_POLICY_H
#define OVL_PLAN_POLICY_H

#include "ovlcp.h"

#include <stdbool.h>

/** Whether a copy that cannot share its data must fail, rather than write bytes. */
bool plan_must_share(const struct ovlcp_options *opt);

#endif
