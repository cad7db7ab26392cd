/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Collects the facts about a destination that exists, for plan_existing.
 */
#ifndef OVL_TARGET_INSPECT_H
#define OVL_TARGET_INSPECT_H

#include "plan/existing.h"
#include "target/target.h"

/** The state of a destination that exists. */
struct existing_state {
	/** Input of plan_existing. */
	struct dst_facts facts;
	/** Result of stat; a symbolic link is followed only if the copy would write through it. */
	struct stat st;
	/** Result of lstat. */
	struct stat link;
};

/**
 * Collect the facts about the file that has the name of the destination @t.
 * Returns 0; or -errno, -ENOENT if the name does not exist any more.
 */
int target_inspect(const struct ovlcp *o, const struct target_request *q, const struct target *t,
		   struct existing_state *ret_state);

#endif
