/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Telling the caller what happens: filling events and handing them over.
 */
#ifndef OVL_JOB_REPORT_H
#define OVL_JOB_REPORT_H

#include "model/event.h"
#include "session/session.h"

/** Hand @e to the caller, if anybody listens. */
void report(const struct ovlcp *o, const struct ovlcp_event *e);

/** Hand over what was kept in @kept, and empty it. */
void event_flush(const struct ovlcp *o, struct event_queue *kept);

/** Tell of a failure (or, by @type, a warning) of @src and @dst. Returns -err->code. */
int event_emit_error(const struct ovlcp *o, enum ovlcp_event_type type, const char *src,
		     const char *dst, const struct err *err);

/** Whether the copy was told to stop. */
bool is_cancelled(const struct ovlcp *o);

/** Ask whether the destination of @e may be overwritten. */
bool event_ask(const struct ovlcp *o, const struct ovlcp_event *e);

#endif
