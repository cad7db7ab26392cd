/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Decisions, and nothing but decisions: facts, policy and past in, the next step out.
 *
 * Nothing here makes a system call, holds a descriptor or remembers anything, so every row
 * of every table can be tested without a file.
 */
#ifndef OVL_PLAN_METHOD_H
#define OVL_PLAN_METHOD_H

#include "model/facts.h"
#include "model/plan.h"

/**
 * The next step towards the data of one destination. Always ends: each step changes the facts
 * or the past, and after PLAN_READ_WRITE there is only PLAN_DONE or PLAN_FAIL.
 */
struct plan_step plan_next(const struct facts *f, const struct ovlcp_options *opt,
			   const struct plan_past *past);

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
