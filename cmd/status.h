/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the call has done so far, for --progress and SIGUSR1.
 */
#ifndef OVL_CMD_STATUS_H
#define OVL_CMD_STATUS_H

#include "operands.h"
#include "progress.h"

#include <stdatomic.h>

/** The status; may be read by any thread and by a signal handler. */
struct status {
	/** The session; borrowed. */
	const struct ovlcp *session;
	/** When the copying began (CLOCK_MONOTONIC, nanoseconds). */
	uint64_t begin_ns;
	/** Files that are complete, were left alone, or have failed; without directories. */
	_Atomic uint64_t files;
	/** Number of the destination that was counted last: its further failures are not. Only for
	 * the thread that gets the events. */
	uint64_t last_id;
};

/** Begin. @session: borrowed. */
void status_begin(struct status *s, const struct ovlcp *session);

/** Nanoseconds since status_begin. */
uint64_t status_time_ns(const struct status *s);

/** Count a file if the event @e tells its end. */
void status_event(struct status *s, const struct ovlcp_event *e);

/** Read the status but for totals and name; the rate is the one since the beginning. */
void status_read(const struct status *s, struct progress_state *ret_p);

/**
 * Find out how many files and bytes there are, without a walk: each operand is looked at once.
 * @ret_p: files_total and bytes_total are set; they stay 0 if a source is a tree or a stream.
 */
void status_totals(const struct options *o, const struct operands *p, struct progress_state *ret_p);

#endif
