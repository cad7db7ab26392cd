/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What there is to know about a destination that exists.
 */
#ifndef OVL_TARGET_INSPECT_H
#define OVL_TARGET_INSPECT_H

#include "plan/existing.h"
#include "target/target.h"

/** What is found about a destination that exists. */
struct existing_state {
	/** For the decision. */
	struct dst_facts facts;
	/** As the destination is looked at: through a link only if it would be written through. */
	struct stat st;
	/** The same with links not followed. */
	struct stat link;
};

/**
 * Look at what has the name of the destination @t.
 * Returns 0; or -errno, -ENOENT if it has gone meanwhile.
 */
int target_inspect(const struct ovlcp *o, const struct target_request *q, const struct target *t,
		   struct existing_state *ret_seen);

#endif
