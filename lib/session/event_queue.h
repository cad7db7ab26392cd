/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Events that are kept, to be emitted later and in order.
 */
#ifndef OVL_SESSION_EVENT_QUEUE_H
#define OVL_SESSION_EVENT_QUEUE_H

#include "session/emit.h"

#include <stddef.h>

struct event_queue_item;

/** A queue, which is a sink as well: what is emitted there is appended. */
struct event_queue {
	struct event_sink sink;
	struct event_queue_item *first;
	struct event_queue_item *last;
	/** Number of events. */
	size_t count;
	/** Whether an event was lost because memory was short. */
	bool overflowed;
	/** Where events go at once since event_queue_release; NULL before. */
	struct event_sink *released_to;
};

/** Make an empty queue. @cancelled: see struct event_sink; borrowed. Must not be moved. */
void event_queue_init(struct event_queue *q, const atomic_bool *cancelled);

/** Whether there is nothing to flush. */
bool event_queue_is_empty(const struct event_queue *q);

/** Append what is in @from, and empty @from. */
void event_queue_splice(struct event_queue *q, struct event_queue *from);

/** Emit each event to @to as it was when it was queued, and empty the queue. An event that was
    lost becomes a failure without names, ENOMEM. */
void event_queue_flush(struct event_queue *q, struct event_sink *to);

/** Flush the queue to @to, and pass on what is emitted to it from now on. @to: borrowed. */
void event_queue_release(struct event_queue *q, struct event_sink *to);

#endif
