/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Events on their way to the caller. No words for people here: the caller has those.
 */
#include "session/emit.h"

#include <errno.h>
#include <time.h>

/* Accessors promise strings, never NULL. */
static struct ovlcp_event complete(const struct ovlcp *o, const struct ovlcp_event *e)
{
	struct ovlcp_event full = *e;
	struct timespec now = { 0 };

	(void)clock_gettime(CLOCK_MONOTONIC, &now); /* there is no Linux without */
	full.time_ns = (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
	/* an interrupted call is how a cancelled copy ends, and no news of its own */
	if (e->error == EINTR && is_cancelled(o))
		full.error = ECANCELED;
	full.src = e->src ? e->src : "";
	full.dst = e->dst ? e->dst : "";
	full.other = e->other ? e->other : "";
	full.row = e->row ? e->row : "";
	full.row_text = e->row_text ? e->row_text : "";
	full.src_fs = e->src_fs ? e->src_fs : "";
	full.dst_fs = e->dst_fs ? e->dst_fs : "";
	return full;
}

bool is_cancelled(const struct ovlcp *o)
{
	return atomic_load_explicit(o->cancelled, memory_order_relaxed);
}

void report(const struct ovlcp *o, const struct ovlcp_event *e)
{
	struct ovlcp_event full;

	if (!o->on_event && !o->told)
		return;
	full = complete(o, e);
	if (o->told)
		event_queue_push(o->told, &full);
	else
		o->on_event(&full, o->event_payload);
}

void event_flush(const struct ovlcp *o, struct event_queue *kept)
{
	if (o->told)
		event_queue_splice(o->told, kept);
	else
		event_queue_flush(kept, o->on_event, o->event_payload);
}

int event_emit_error(const struct ovlcp *o, enum ovlcp_event_type type, const char *src,
		     const char *dst, const struct err *err)
{
	const struct ovlcp_event e = {
		.type = type,
		.src = src,
		.dst = dst,
		.error = err->code,
		.op = err->op,
	};

	report(o, &e);
	return err->code == EINTR && is_cancelled(o) ? -ECANCELED : -err->code;
}

bool event_ask(const struct ovlcp *o, const struct ovlcp_event *e)
{
	struct ovlcp_event full = complete(o, e);

	return o->on_question && o->on_question(&full, o->question_payload);
}
