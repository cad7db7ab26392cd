/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * --explain: a block of text for each file of a dry run, and totals at the end.
 */
#ifndef OVL_CMD_EXPLAIN_H
#define OVL_CMD_EXPLAIN_H

#include "ovlcp.h"

/** Totals of a dry run; all-zero at the start, but for the first three. Sizes are in bytes. */
struct explain {
	/** Whether the destinations are those of a --fan-out. */
	bool fan_out;
	/** Whether only the totals are printed (--explain=summary). */
	bool is_summary;
	/** Whether blocks of zeros are left out (--sparse=always); the data is not read for it. */
	bool makes_holes;
	/** Files with data, by method. */
	uint64_t files[OVLCP_METHOD_COUNT];
	/** Directories, links and other files without data, by method. */
	uint64_t without_data[OVLCP_METHOD_COUNT];
	/** Files that are left alone. */
	uint64_t skipped;
	/** Files whose data must be shared (--require, --reflink=always) and cannot be. */
	uint64_t refused;
	/** Files whose method cannot be predicted; they count as written. */
	uint64_t unclear;
	/** Files of which less may be written than is counted. */
	uint64_t at_most;
	/** Written to destinations. */
	uint64_t written;
	/** Shared by destinations with their sources or with one another. */
	uint64_t shared;
	/** Growth of upper layers: data written there, and copy-ups. */
	uint64_t upper;
	/** The part of upper that copy-ups would write. */
	uint64_t copied_up;
	/** Growth of an image layer exported from there, in which a clone is a full file. */
	uint64_t layer;
	/** Files whose data would be written because it cannot be shared, by reason. */
	uint64_t unshared[OVLCP_REASON_COUNT];
	/** The hint for the first of them, or NULL; owned. */
	char *hint[OVLCP_REASON_COUNT];
};

/** Add a file to the totals, and print its block unless is_summary. @e: OVLCP_EVENT_PLANNED, or the
 * failure of a file whose data must be shared. */
void explain_event(struct explain *x, const struct ovlcp_event *e);

/** Print the totals. */
void explain_totals(const struct explain *x);

/** Free the hints. */
void explain_done(struct explain *x);

#endif
