/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Emitting events: into a sink, which delivers them to the caller at once or keeps them.
 *
 * A sink is an argument, or a field that is set once when its owner is made. It is never
 * exchanged behind the back of the function that emits.
 */
#ifndef OVL_SESSION_EMIT_H
#define OVL_SESSION_EMIT_H

#include "model/event.h"

#include <stdatomic.h>
#include <stdbool.h>

/** Where events go; the first member of a structure that knows more. */
struct event_sink {
	/** Takes one event; borrowed, with its strings, for the time of the call. */
	void (*put)(struct event_sink *sink, const struct ovlcp_event *e);
	/** Whether the caller has cancelled: then EINTR is told as ECANCELED. */
	const atomic_bool *cancelled;
};

/** The same event with every string set and the time of now, as the accessors promise it. */
struct ovlcp_event event_complete(const atomic_bool *cancelled, const struct ovlcp_event *e);

/**
 * Emit @e. Strings that are NULL become "".
 * Returns -e->err.code, or -ECANCELED if that was EINTR because the caller has cancelled.
 */
int event_emit(struct event_sink *sink, const struct ovlcp_event *e);

/** The same of a failure (or, by @type, a warning or the like) of @src and @dst; either may be
    NULL. */
int event_emit_error(struct event_sink *sink, enum ovlcp_event_type type, const char *src,
		     const char *dst, const struct err *err);

#endif
