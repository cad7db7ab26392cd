/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Events that are kept, to be told later and in order.
 */
#ifndef OVL_JOB_TOLD_H
#define OVL_JOB_TOLD_H

#include "model/event.h"

#include <stddef.h>

struct event_queue_item;

/** A list of events; all-zero is the empty one. */
struct event_queue {
	struct event_queue_item *first;
	struct event_queue_item *last;
	/** Number of events. */
	size_t count;
	/** Whether one was lost because memory was short. */
	bool lost;
};

/** Keep a copy of @e, and of its strings. */
void event_queue_push(struct event_queue *t, const struct ovlcp_event *e);

/** Put what is in @from behind what is in @t, and empty @from. */
void event_queue_splice(struct event_queue *t, struct event_queue *from);

/** Pass each event to @fn with @payload and empty the list. */
void event_queue_flush(struct event_queue *t, ovlcp_event_fn *fn, void *payload);

#endif
