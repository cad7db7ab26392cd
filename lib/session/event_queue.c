/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A list of copies of events. One allocation each: the strings lie behind the event.
 */
#include "session/event_queue.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct event_queue_item {
	struct event_queue_item *next;
	struct ovlcp_event event;
	char strings[];
};

/* The strings of an event that are somebody else's; row and reason are there for ever. */
#define STRINGS 5

static void strings_of(struct ovlcp_event *e, const char **ret_list[STRINGS])
{
	ret_list[0] = &e->src;
	ret_list[1] = &e->dst;
	ret_list[2] = &e->other;
	ret_list[3] = &e->src_fs;
	ret_list[4] = &e->dst_fs;
}

void event_queue_push(struct event_queue *t, const struct ovlcp_event *e)
{
	struct ovlcp_event copy = *e;
	const char **list[STRINGS];
	struct event_queue_item *kept;
	size_t size = sizeof(*kept);
	char *at;

	strings_of(&copy, list);
	for (int i = 0; i < STRINGS; i++)
		size += strlen(*list[i]) + 1;
	kept = malloc(size);
	if (!kept) {
		t->lost = true;
		return;
	}
	*kept = (struct event_queue_item){ .event = copy };
	strings_of(&kept->event, list);
	at = kept->strings;
	for (int i = 0; i < STRINGS; i++) {
		const char *from = *list[i];

		*list[i] = at;
		at = stpcpy(at, from) + 1;
	}
	if (t->last)
		t->last->next = kept;
	else
		t->first = kept;
	t->last = kept;
	t->count++;
}

void event_queue_splice(struct event_queue *t, struct event_queue *from)
{
	if (t->last)
		t->last->next = from->first;
	else
		t->first = from->first;
	t->last = from->last ? from->last : t->last;
	t->count += from->count;
	t->lost = t->lost || from->lost;
	*from = (struct event_queue){ .count = 0 };
}

void event_queue_flush(struct event_queue *t, ovlcp_event_fn *fn, void *payload)
{
	const struct ovlcp_event lost = { .type = OVLCP_EVENT_FAILED,
					  .src = "",
					  .dst = "",
					  .other = "",
					  .row = "",
					  .row_text = "",
					  .src_fs = "",
					  .dst_fs = "",
					  .error = ENOMEM };
	struct event_queue_item *next;

	for (struct event_queue_item *e = t->first; e; e = next) {
		next = e->next;
		if (fn)
			fn(&e->event, payload);
		free(e);
	}
	if (t->lost && fn)
		fn(&lost, payload);
	*t = (struct event_queue){ .count = 0 };
}
