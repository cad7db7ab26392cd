/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Emits events into a sink, which passes them to the caller at once or queues them.
 *
 * A sink is an argument, or a field that is set once when its owner is initialized. It is never
 * exchanged while a function may emit into it.
 */
#ifndef OVL_SESSION_EMIT_H
#define OVL_SESSION_EMIT_H

#include "model/event.h"

#include <stdatomic.h>
#include <stdbool.h>

/** A destination of events; the first member of a larger structure. */
struct event_sink {
	/** Receives one event. @e and its strings are borrowed for the time of the call. */
	void (*put)(struct event_sink *sink, const struct ovlcp_event *e);
	/** True once the caller has cancelled: EINTR is then emitted as ECANCELED. Borrowed. */
	const atomic_bool *cancelled;
	/** Number of the destination that all events emitted into it are about (session_next_id);
	   0: each event has its own, or is about none. */
	uint64_t id;
};

/** A sink for the events of one destination, which passes them on at once. */
struct event_relay {
	/** To emit into it. */
	struct event_sink sink;
	/** Receives the events; borrowed. */
	struct event_sink *to;
};

/** Return a relay to @to for the events of the destination @id. */
struct event_relay event_relay_to(struct event_sink *to, uint64_t id);

/**
 * Return a copy of @e as the accessors of ovlcp.h promise it: no string is NULL, time_ns is now
 * (CLOCK_MONOTONIC, nanoseconds). The strings still belong to the owner of those of @e.
 */
struct ovlcp_event event_complete(const atomic_bool *cancelled, const struct ovlcp_event *e);

/**
 * Complete @e, which gets the number of @sink if it has none, and put it into @sink.
 * Returns -e->err.code, or -ECANCELED if that was EINTR because the caller has cancelled.
 */
int event_emit(struct event_sink *sink, const struct ovlcp_event *e);

/**
 * Emit an event of @type that holds only @src, @dst and @err. @src, @dst: paths, or NULL.
 * Returns like event_emit.
 */
int event_emit_error(struct event_sink *sink, enum ovlcp_event_type type, const char *src,
		     const char *dst, const struct err *err);

#endif
