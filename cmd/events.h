/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The callback for events of the library, and the readers that it passes them to.
 */
#ifndef OVL_CMD_EVENTS_H
#define OVL_CMD_EVENTS_H

#include "explain.h"
#include "fallback.h"
#include "options.h"
#include "repeats.h"
#include "report.h"
#include "stats.h"
#include "status.h"

/** The state of all readers. All-zero at the start, but for the fields that are said to be set. */
struct event_readers {
	/** Set by the caller; borrowed. */
	const struct options *o;
	/** --explain; its fan_out and is_summary are set by the caller. */
	struct explain explain;
	/** --fallback; its mode is set by the caller. */
	struct fallback fallback;
	/** Messages that stand for several files. */
	struct repeats repeats;
	/** Reasons that --debug has printed. */
	struct repeats reasons;
	/** Reasons whose hint was printed already: a bit for each enum ovlcp_reason. */
	uint64_t hinted;
	/** --progress and SIGUSR1; status_begin is called by the caller. */
	struct status status;
	/** --stats. */
	struct stats stats;
	/** --report; NULL without. Set by the caller, closed by events_finish. */
	struct report *report;
};

/** The ovlcp_event_fn of the command. @payload: a struct event_readers. */
void events_dispatch(const struct ovlcp_event *e, void *payload);

/**
 * Print totals and counts, complete and close the report, and free what the readers own.
 *
 * @status: exit status of the copy. A signal that ends the program is that of signals_caught.
 * Returns @status; or DIAG_FAILURE for a fallback of --fallback=error, an output that could not be
 * written, or an incomplete report.
 */
int events_finish(struct event_readers *h, int status);

#endif
