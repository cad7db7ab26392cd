/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Telling the caller what happens: filling events and handing them over.
 */
#ifndef OVL_JOB_REPORT_H
#define OVL_JOB_REPORT_H

#include "job/session.h"
#include "model/event.h"

/** Hand @e to the caller, if anybody listens. */
void report(const struct ovlcp *o, const struct ovlcp_event *e);

/** Hand over what was kept in @kept, and empty it. */
void report_kept(const struct ovlcp *o, struct told *kept);

/** Tell of a failure (or, by @type, a warning) of @src and @dst. Returns -err->code. */
int report_error(const struct ovlcp *o, enum ovlcp_event_type type, const char *src,
		 const char *dst, const struct err *err);

/** Whether the copy was told to stop. */
bool is_cancelled(const struct ovlcp *o);

/** Ask whether the destination of @e may be overwritten. */
bool report_question(const struct ovlcp *o, const struct ovlcp_event *e);

#endif
