/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Why a destination does not share its data with the source.
 */
#ifndef OVL_PLAN_REASON_H
#define OVL_PLAN_REASON_H

#include "model/facts.h"
#include "model/plan.h"

/** The reason for not sharing if a copy-up of the source failed with @error (positive errno). */
enum ovlcp_reason plan_copy_up_reason(int error);

/** Why the destination does not share its data, after the steps in @past; OVLCP_REASON_NONE if it
    does. */
enum ovlcp_reason plan_reason(const struct facts *f, const struct ovlcp_options *opt,
			      const struct plan_past *past);

#endif
