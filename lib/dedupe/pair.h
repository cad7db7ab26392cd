/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Lets one file share the data of another, part by part, and finds out why it cannot.
 */
#ifndef OVL_DEDUPE_PAIR_H
#define OVL_DEDUPE_PAIR_H

#include "dedupe/opened.h"
#include "exec/extent_list.h"
#include "exec/progress.h"
#include "session/session.h"

/** The two files, and what became of them. */
struct pair {
	/** The session; borrowed. */
	struct ovlcp *o;
	/** The file whose data is shared; borrowed. */
	const struct opened *src;
	/** The file that gets it; borrowed. */
	const struct opened *dst;
	/** Whether both are only read and compared. */
	bool is_dry;
	/** Extents of the source, where they can be compared; owned. */
	struct extent_list src_extents;
	/** Extents of the destination; owned. */
	struct extent_list dst_extents;
	/** The step that is shown meanwhile. */
	struct exec_step step;
	/** Bytes that are shared now, and were not before. */
	uint64_t shared;
	/** Where the two differ, in bytes; set with OVLCP_OP_DEDUPE_DIFFERS. */
	uint64_t offset;
	/** Why it ended early: a failure, or a check. */
	struct err err;
};

/**
 * Share the data of p->src with p->dst, as far as they are equal and it is not shared already.
 *
 * @p: the fields up to is_dry are set by the caller. To be ended with pair_done, also on failure.
 * Returns 0; or -errno, with p->err set: -EBADMSG if they differ or were changed meanwhile;
 * -ECANCELED.
 */
int pair_share(struct pair *p);

/** Free what @p owns. */
void pair_done(struct pair *p);

#endif
