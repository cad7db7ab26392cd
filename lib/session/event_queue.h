/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A queue of events, which are emitted later and in the order in which they were queued.
 */
#ifndef OVL_SESSION_EVENT_QUEUE_H
#define OVL_SESSION_EVENT_QUEUE_H

#include "session/emit.h"

#include <stddef.h>

struct event_queue_item;

/** The queue. It is a sink: an event that is emitted into it is appended. */
struct event_queue {
	/** To emit into the queue. */
	struct event_sink sink;
	/** The oldest event; NULL if there is none. Owned, as are all that follow it. */
	struct event_queue_item *first;
	/** The newest event; NULL if there is none. */
	struct event_queue_item *last;
	/** Number of queued events. */
	size_t count;
	/** True if an event was dropped because memory was short. */
	bool overflowed;
	/** After event_queue_release: the sink that events are passed to at once; borrowed. NULL
	    before. */
	struct event_sink *released_to;
};

/** Initialize an empty queue, which must not be moved. @cancelled, @id: as in struct event_sink. */
void event_queue_init(struct event_queue *q, const atomic_bool *cancelled, uint64_t id);

/** Return whether event_queue_flush would emit nothing. */
bool event_queue_is_empty(const struct event_queue *q);

/** Move all events of @from to the end of @q. @from is empty afterwards. */
void event_queue_splice(struct event_queue *q, struct event_queue *from);

/**
 * Emit every event into @to, with the time at which it was queued, and empty the queue. Dropped
 * events become one failure without paths, which is returned: -ENOMEM; otherwise 0.
 */
int event_queue_flush(struct event_queue *q, struct event_sink *to);

/**
 * Flush the queue into @to and pass later events on to @to at once. @to: borrowed as long as
 * events are emitted into the queue. Returns as event_queue_flush.
 */
int event_queue_release(struct event_queue *q, struct event_sink *to);

#endif
