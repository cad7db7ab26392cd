/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The actions on a destination that exists, and their dry runs.
 */
#ifndef OVL_TARGET_ACTION_H
#define OVL_TARGET_ACTION_H

#include "target/inspected.h"

/** An action. Both functions return an enum target_result; or -errno, which was emitted. */
struct action {
	/** Carries it out. */
	int (*carry_out)(struct existing *x);
	/** Its dry run. */
	int (*dry)(struct existing *x);
	/** True if it changes the destination, so that precondition errors must be found before. */
	bool changes;
	/** True if destinations that have no data yet may stay in the queue meanwhile. */
	bool is_independent;
};

/** The action for each enum dst_action. */
extern const struct action target_actions[DST_ACTIONS];

#endif
