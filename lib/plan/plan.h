/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Decisions, and nothing but decisions: facts, policy and past in, the next step out.
 *
 * Nothing here makes a system call, holds a descriptor or remembers anything, so every row
 * of every table can be tested without a file.
 */
#ifndef OVL_PLAN_PLAN_H
#define OVL_PLAN_PLAN_H

#include "model/facts.h"
#include "model/plan.h"

#include <sys/types.h>

/** Smallest source that is copied up for a single destination unless told otherwise. */
#define PLAN_COPY_UP_MIN_SINGLE (UINT64_C(1) << 20)
/** Files up to this size are copied as fast as they are cloned. */
#define PLAN_SMALL (UINT64_C(64) << 10)
/** Smallest source that is read once for several destinations: below, reading it from the page
    cache for each of them costs nothing. */
#define PLAN_TEE_MIN (UINT64_C(1) << 20)
/** Smallest source that is copied up in a fan-out: below, a donor costs less. */
#define PLAN_COPY_UP_MIN_FAN_OUT (UINT64_C(16) << 20)

/**
 * The next step towards the data of one destination. Always ends: each step changes the facts
 * or the past, and after PLAN_READ_WRITE there is only PLAN_DONE or PLAN_FAIL.
 */
struct plan_step plan_next(const struct facts *f, const struct ovlcp_options *opt,
			   const struct plan_past *past);

/** What @error (positive errno) of @method means for the choice of the next one. */
enum plan_class plan_classify(enum plan_method method, int error);

/** Why a copy-up of the source is not to be tried, or OVLCP_REASON_NONE if it may be. */
enum ovlcp_reason plan_copy_up_refusal(const struct facts *f, const struct ovlcp_options *opt);

/** What @error (an errno) of a copy-up says about the source. */
enum ovlcp_reason plan_copy_up_reason(int error);

/** Why the destination does not share data with the source, after all steps in @past. */
enum ovlcp_reason plan_reason(const struct facts *f, const struct ovlcp_options *opt,
			      const struct plan_past *past);

/** Whether a file that cannot share its data is to fail. */
bool plan_must_share(const struct ovlcp_options *opt);

/** Whether other holes are asked for than a copy that shares data would have. */
bool plan_has_own_holes(const struct facts *f, const struct ovlcp_options *opt);

/**
 * Whether the bytes of the destination, where they are read and written, are to be read together
 * with those of others: not of a small file, which costs as much alone, and not of a donor, which
 * others wait for.
 */
bool plan_uses_tee(const struct facts *f, const struct ovlcp_options *opt);

/** Whether a destination that got its bytes written is worth keeping as a donor. */
bool plan_is_donor(const struct facts *f, const struct ovlcp_options *opt);

#endif
