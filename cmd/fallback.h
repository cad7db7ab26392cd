/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * --fallback: what is said when the data of a file was written because it could not be shared.
 */
#ifndef OVL_CMD_FALLBACK_H
#define OVL_CMD_FALLBACK_H

#include "ovlcp.h"

#include <stddef.h>

/** What becomes of it. */
enum fallback_mode {
	/** Nothing, as with cp. */
	FALLBACK_SILENT,
	/** A warning, once for each pair of filesystems and reason. */
	FALLBACK_WARN,
	/** An error message for each file, and exit status 1; the copies are complete. */
	FALLBACK_ERROR,
};

struct fallback_seen;

/** What was said already; all-zero but for mode at the start. */
struct fallback {
	enum fallback_mode mode;
	struct fallback_seen *seen;
	size_t count;
	size_t room;
	/** Whether there was an error. */
	bool failed;
};

/** Whether @reason is no failure to share: sharing was not wanted, or there is nothing to share. */
bool fallback_is_wanted(enum ovlcp_reason reason);

/** Hear of a complete destination (or a planned one). Returns whether there was a message. */
bool fallback_event(struct fallback *f, const struct ovlcp_event *e);

/** Free what was remembered. */
void fallback_done(struct fallback *f);

#endif
