/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * When a copy-up of the source may be tried.
 */
#ifndef OVL_PLAN_COPYUP_H
#define OVL_PLAN_COPYUP_H

#include "model/facts.h"
#include "model/plan.h"

/** Smallest source that is copied up for a single destination unless told otherwise. */
#define PLAN_COPY_UP_MIN_SINGLE (UINT64_C(1) << 20)
/** Files up to this size are copied as fast as they are cloned. */
#define PLAN_SMALL (UINT64_C(64) << 10)
/** Smallest source that is read once for several destinations: below, reading it from the page
    cache for each of them costs nothing. */
#define PLAN_TEE_MIN (UINT64_C(1) << 20)
/** Smallest source that is copied up in a fan-out: below, a donor costs less. */
#define PLAN_COPY_UP_MIN_FAN_OUT (UINT64_C(16) << 20)

/** Why a copy-up of the source is not to be tried, or OVLCP_REASON_NONE if it may be. */
enum ovlcp_reason plan_copy_up_refusal(const struct facts *f, const struct ovlcp_options *opt);

/** Whether @refusal only says that a copy-up does not pay. */
bool plan_is_not_worth_it(enum ovlcp_reason refusal);

#endif
