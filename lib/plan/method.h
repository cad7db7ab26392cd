/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The choice of the next step for the data of one destination.
 *
 * Pure: facts, options and past outcomes in, a step out. Nothing here makes a system call, holds a
 * descriptor or keeps state, so every row can be tested without a file.
 */
#ifndef OVL_PLAN_METHOD_H
#define OVL_PLAN_METHOD_H

#include "model/facts.h"
#include "model/plan.h"

#include <stdbool.h>

/**
 * The next step towards the data of one destination.
 *
 * A loop over it always ends: each step changes the facts or the past, and after PLAN_READ_WRITE
 * only PLAN_DONE or PLAN_FAIL follow.
 */
struct plan_step plan_next(const struct facts *f, const struct ovlcp_options *opt,
			   const struct plan_past *past);

/** Whether the copy is to have holes of its own, or none, which no clone can have. */
bool plan_wants_other_holes(const struct facts *f, const struct ovlcp_options *opt);

/**
 * Whether bytes that have to be read and written are read once for several destinations (tee).
 *
 * Not for a small file, where it saves nothing, and not for a donor, which later destinations
 * need complete.
 */
bool plan_uses_tee(const struct facts *f, const struct ovlcp_options *opt);

/** Whether a destination that was written is worth keeping as a donor for later ones. */
bool plan_is_donor(const struct facts *f, const struct ovlcp_options *opt);

#endif
