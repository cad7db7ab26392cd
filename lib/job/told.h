/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Events that are kept, to be told later and in order.
 */
#ifndef OVL_JOB_TOLD_H
#define OVL_JOB_TOLD_H

#include "model/event.h"

#include <stddef.h>

struct told_event;

/** A list of events; all-zero is the empty one. */
struct told {
	struct told_event *first;
	struct told_event *last;
	/** Number of events. */
	size_t count;
	/** Whether one was lost because memory was short. */
	bool lost;
};

/** Keep a copy of @e, and of its strings. */
void told_add(struct told *t, const struct ovlcp_event *e);

/** Put what is in @from behind what is in @t, and empty @from. */
void told_append(struct told *t, struct told *from);

/** Pass each event to @fn with @payload and empty the list. */
void told_pass_on(struct told *t, ovlcp_event_fn *fn, void *payload);

#endif
