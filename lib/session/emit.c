/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Completes an event and puts it into a sink. Sentences for people are in lib/text/, not here.
 */
#include "session/emit.h"

#include <errno.h>
#include <time.h>

static bool was_cancelled(const atomic_bool *cancelled)
{
	return atomic_load_explicit(cancelled, memory_order_relaxed);
}

static const char *empty_if_null(const char *text)
{
	return text ? text : "";
}

struct ovlcp_event event_complete(const atomic_bool *cancelled, const struct ovlcp_event *e)
{
	struct ovlcp_event complete = *e;
	struct timespec now = { 0 };

	(void)clock_gettime(CLOCK_MONOTONIC, &now); /* every Linux has this clock */
	complete.time_ns = (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
	/* a cancelled copy ends with EINTR of a system call, which is not a failure of its own */
	if (e->err.code == EINTR && was_cancelled(cancelled))
		complete.err.code = ECANCELED;
	complete.src = empty_if_null(e->src);
	complete.dst = empty_if_null(e->dst);
	complete.other = empty_if_null(e->other);
	complete.src_fs = empty_if_null(e->src_fs);
	complete.dst_fs = empty_if_null(e->dst_fs);
	if (!e->outcome.rule)
		complete.outcome.can_clone = -1; /* without a rule nothing was tried */
	complete.outcome.rule = empty_if_null(e->outcome.rule);
	complete.outcome.rule_text = empty_if_null(e->outcome.rule_text);
	return complete;
}

static void put_to_relay(struct event_sink *sink, const struct ovlcp_event *e)
{
	const struct event_relay *relay = (const struct event_relay *)sink;

	relay->to->put(relay->to, e);
}

struct event_relay event_relay_to(struct event_sink *to, uint64_t id)
{
	return (struct event_relay){ { put_to_relay, to->cancelled, id }, to };
}

int event_emit(struct event_sink *sink, const struct ovlcp_event *e)
{
	struct ovlcp_event complete = event_complete(sink->cancelled, e);

	complete.id = e->id ? e->id : sink->id;
	sink->put(sink, &complete);
	return -complete.err.code;
}

int event_emit_error(struct event_sink *sink, enum ovlcp_event_type type, const char *src,
		     const char *dst, const struct err *err)
{
	return event_emit(
		sink, &(struct ovlcp_event){ .type = type, .src = src, .dst = dst, .err = *err });
}
