/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Why the kernel refused to let two files share their data.
 */
#ifndef OVL_DEDUPE_REFUSAL_H
#define OVL_DEDUPE_REFUSAL_H

#include "dedupe/pair.h"

/** What is told of a refusal. */
struct refusal {
	/** OVLCP_EVENT_FAILED; OVLCP_EVENT_SKIPPED for what an overlay can never share. */
	enum ovlcp_event_type type;
	/** The operation, or the check that explains it. */
	enum ovlcp_op op;
	/** The reason, if it is known better than by errno. */
	enum ovlcp_reason reason;
};

/** Explain p->err, whose op is OVLCP_OP_DEDUPE; asks the system about both files. */
struct refusal refusal_explain(const struct pair *p);

/** The layer of an overlay that @f is on, whose files alone can share; see probe/layer.h. */
enum ovlcp_layer refusal_layer(struct ovlcp *o, const struct opened *f);

#endif
