/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A linked list of copies of events. Each copy is one allocation: the strings follow the event.
 */
#include "session/event_queue.h"

#include "session/event_copy.h"

#include <errno.h>
#include <stdlib.h>

/* A queued event with its strings. */
struct event_queue_item {
	struct event_queue_item *next;
	struct ovlcp_event event;
	char strings[];
};

/* Copy @e and its strings into one item, which the caller frees; NULL if memory is short. */
static struct event_queue_item *item_new(const struct ovlcp_event *e)
{
	struct event_queue_item *item = malloc(sizeof(*item) + event_copy_size(e));

	if (!item)
		return NULL;
	item->next = NULL;
	event_copy(e, &item->event, item->strings);
	return item;
}

static void put_into_queue(struct event_sink *sink, const struct ovlcp_event *e)
{
	struct event_queue *q = (struct event_queue *)sink;
	struct event_queue_item *item;

	if (q->released_to) {
		q->released_to->put(q->released_to, e);
		return;
	}
	item = item_new(e);
	if (!item) {
		q->overflowed = true;
		return;
	}
	if (q->last)
		q->last->next = item;
	else
		q->first = item;
	q->last = item;
	q->count++;
}

void event_queue_init(struct event_queue *q, const atomic_bool *cancelled, uint64_t id)
{
	*q = (struct event_queue){ .sink = { put_into_queue, cancelled, id } };
}

bool event_queue_is_empty(const struct event_queue *q)
{
	return !q->first && !q->overflowed;
}

void event_queue_splice(struct event_queue *q, struct event_queue *from)
{
	if (q->last)
		q->last->next = from->first;
	else
		q->first = from->first;
	q->last = from->last ? from->last : q->last;
	q->count += from->count;
	q->overflowed = q->overflowed || from->overflowed;
	*from = (struct event_queue){ .sink = from->sink };
}

int event_queue_flush(struct event_queue *q, struct event_sink *to)
{
	struct event_queue_item *next;
	int r = 0;

	for (struct event_queue_item *e = q->first; e; e = next) {
		next = e->next;
		to->put(to, &e->event);
		free(e);
	}
	if (q->overflowed)
		r = event_emit_error(to, OVLCP_EVENT_FAILED, NULL, NULL,
				     &(struct err){ ENOMEM, OVLCP_OP_NONE });
	*q = (struct event_queue){ .sink = q->sink };
	return r;
}

int event_queue_release(struct event_queue *q, struct event_sink *to)
{
	int r = event_queue_flush(q, to);

	q->released_to = to;
	return r;
}
