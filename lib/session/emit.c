/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * From what a function knows of an event to the event that callers read. No words for people
 * here: cmd/ has those.
 */
#include "session/emit.h"

#include <errno.h>
#include <time.h>

static bool was_cancelled(const atomic_bool *cancelled)
{
	return atomic_load_explicit(cancelled, memory_order_relaxed);
}

static const char *or_empty(const char *text)
{
	return text ? text : "";
}

struct ovlcp_event event_complete(const atomic_bool *cancelled, const struct ovlcp_event *e)
{
	struct ovlcp_event full = *e;
	struct timespec now = { 0 };

	(void)clock_gettime(CLOCK_MONOTONIC, &now); /* exists on every Linux */
	full.time_ns = (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
	/* an interrupted system call is how a cancelled copy ends, not a failure of its own */
	if (e->err.code == EINTR && was_cancelled(cancelled))
		full.err.code = ECANCELED;
	full.src = or_empty(e->src);
	full.dst = or_empty(e->dst);
	full.other = or_empty(e->other);
	full.src_fs = or_empty(e->src_fs);
	full.dst_fs = or_empty(e->dst_fs);
	full.outcome.row = or_empty(e->outcome.row);
	full.outcome.row_text = or_empty(e->outcome.row_text);
	return full;
}

int event_emit(struct event_sink *sink, const struct ovlcp_event *e)
{
	const struct ovlcp_event full = event_complete(sink->cancelled, e);

	sink->put(sink, &full);
	return -full.err.code;
}

int event_emit_error(struct event_sink *sink, enum ovlcp_event_type type, const char *src,
		     const char *dst, const struct err *err)
{
	return event_emit(
		sink, &(struct ovlcp_event){ .type = type, .src = src, .dst = dst, .err = *err });
}
