/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * --stats: three lines at the end, for people. --report is for programs.
 */
#ifndef OVL_CMD_STATS_H
#define OVL_CMD_STATS_H

#include "ovlcp.h"

/** Number of rows of the table of counts in stats.c. */
#define STATS_COUNTS 6

/** Sums over all events. All-zero at the start. */
struct stats {
	/** Files and directories by what became of them, in the order of that table. */
	uint64_t counts[STATS_COUNTS];
	/** Bytes that destinations share. */
	uint64_t shared;
	/** Bytes that were written to destinations that are complete. */
	uint64_t written;
	/** Bytes that copy-ups have written. */
	uint64_t copied_up;
};

/** Add the event @e. */
void stats_event(struct stats *s, const struct ovlcp_event *e);

/** Print the three lines on standard error. @number: the signal that ends the program, or 0. */
void stats_print(const struct stats *s, uint64_t time_ns, int number);

#endif
