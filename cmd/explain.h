/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * --explain: what a dry run found, in words, and the sums at the end.
 */
#ifndef OVL_CMD_EXPLAIN_H
#define OVL_CMD_EXPLAIN_H

#include "ovlcp.h"

/** Sums over all files of a dry run; all-zero but for fan_out at the start. Sizes in bytes. */
struct explain {
	/** Whether the destinations are those of a --fan-out. */
	bool fan_out;
	/** Files with data, by method. */
	uint64_t files[OVLCP_METHOD_COUNT];
	/** Files that cannot be copied as it is required. */
	uint64_t refused;
	/** Files of which it cannot be told how they would be copied; they count as written. */
	uint64_t unclear;
	/** Written to destinations. */
	uint64_t written;
	/** Shared by destinations with their sources or with one another. */
	uint64_t shared;
	/** What an upper layer would grow by: written there, and copied up. */
	uint64_t upper;
	/** ... of that, copied up. */
	uint64_t copied_up;
	/** What an image layer would grow by that is exported from it, where a clone is a full
	 * file. */
	uint64_t layer;
	/** Files that could be shared somehow, but are not, by reason. */
	uint64_t unshared[OVLCP_REASON_COUNT];
	/** What could be done about the first of them, or NULL; owned. */
	char *hint[OVLCP_REASON_COUNT];
};

/** Tell of one event of a dry run that report_text does not tell of: a plan, or that sharing is
 * required and impossible. */
void explain_event(struct explain *x, const struct ovlcp_event *e);

/** Print the sums. */
void explain_totals(const struct explain *x);

/** Free what was kept. */
void explain_done(struct explain *x);

#endif
