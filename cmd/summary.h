/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The last line of a report: counts and sums over all records, and how the program ended.
 */
#ifndef OVL_CMD_SUMMARY_H
#define OVL_CMD_SUMMARY_H

#include "record.h"

/** All-zero at the start; the fields after the sums are set by hand before it is printed. */
struct summary {
	/** Number of records by status; failures have no method. */
	uint64_t status[RECORD_STATUSES];
	/** Those that are copied or planned, by method. */
	uint64_t method[OVLCP_METHOD_COUNT];
	/** Number of warnings. */
	uint64_t warnings;
	/** Sums of the fields of kind RECORD_BYTES, in the places of their rows in record_fields.
	 */
	uint64_t sums[RECORD_FIELDS_MAX];
	/** Exit status of the program. */
	int exit_status;
	/** The signal that ends the program instead, or 0. */
	int signal;
	/** Nanoseconds since the report was opened. */
	uint64_t duration_ns;
	/** Release of the kernel, such as "6.18.0"; borrowed. */
	const char *kernel;
};

/** Count @r. */
void summary_add(struct summary *s, const struct record *r);

#endif
