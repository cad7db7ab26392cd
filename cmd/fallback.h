/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * --fallback: warnings or errors about files whose data was written because it could not be
 * shared.
 */
#ifndef OVL_CMD_FALLBACK_H
#define OVL_CMD_FALLBACK_H

#include "ovlcp.h"
#include "repeats.h"

#include <stdbool.h>

/** The values of --fallback. */
enum fallback_mode {
	/** Print nothing, as cp. */
	FALLBACK_SILENT,
	/** Print a warning, once for each pair of filesystems and reason, and at the end the number
	 * of files. */
	FALLBACK_WARN,
	/** Print an error for each file, and exit with status 1; the copies are complete. */
	FALLBACK_ERROR,
};

/** The state of --fallback. */
struct fallback {
	/** Set by the caller. */
	enum fallback_mode mode;
	/** Whether FALLBACK_ERROR printed an error. */
	bool failed;
	/** Whether nothing was written in fact (--explain). */
	bool is_dry;
	/** Counts of FALLBACK_WARN. */
	struct repeats written;
};

/** Whether data was not shared by intent: the user did not want it, or there is no data. */
bool fallback_is_wanted(enum ovlcp_reason reason);

/** Check @e, a complete or planned destination. Returns whether a message was printed. */
bool fallback_event(struct fallback *f, const struct ovlcp_event *e);

/** Print for each warning how many files it stands for, and free all. */
void fallback_finish(struct fallback *f);

#endif
