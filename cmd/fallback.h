/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * --fallback: warnings or errors about files whose data was written because it could not be
 * shared.
 */
#ifndef OVL_CMD_FALLBACK_H
#define OVL_CMD_FALLBACK_H

#include "ovlcp.h"

#include <stddef.h>

/** The values of --fallback. */
enum fallback_mode {
	/** Print nothing, as cp. */
	FALLBACK_SILENT,
	/** Print a warning, once for each pair of filesystems and reason. */
	FALLBACK_WARN,
	/** Print an error for each file, and exit with status 1; the copies are complete. */
	FALLBACK_ERROR,
};

/** A pair of filesystems and a reason that were warned about; fallback.c defines it. */
struct fallback_seen;

/** The warnings so far; all-zero at the start, but for mode. */
struct fallback {
	/** Set by the caller. */
	enum fallback_mode mode;
	/** What was warned about; owned. */
	struct fallback_seen *seen;
	/** Number of them. */
	size_t count;
	/** Number that there is room for in seen. */
	size_t room;
	/** Whether FALLBACK_ERROR printed an error. */
	bool failed;
};

/** Whether data was not shared by intent: the user did not want it, or there is no data. */
bool fallback_is_wanted(enum ovlcp_reason reason);

/** Check @e, a complete or planned destination. Returns whether a message was printed. */
bool fallback_event(struct fallback *f, const struct ovlcp_event *e);

/** Free seen. */
void fallback_done(struct fallback *f);

#endif
