/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * --explain: what a dry run found, in words, and the sums at the end.
 */
#ifndef OVL_CMD_EXPLAIN_H
#define OVL_CMD_EXPLAIN_H

#include "ovlcp.h"

/** Sums over all files of a dry run; all-zero at the start. Sizes in bytes. */
struct explain {
	/** Files with data, by method. */
	uint64_t files[OVLCP_METHOD_COUNT];
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
};

/** Tell of one event of a dry run that report_text does not tell of: a plan. */
void explain_event(struct explain *x, const struct ovlcp_event *e);

/** Print the sums. */
void explain_totals(const struct explain *x);

#endif
