/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What became of one destination. record_builder.h makes records of events.
 */
#ifndef OVL_CMD_RECORD_H
#define OVL_CMD_RECORD_H

#include "record_fields.h"

/** What became of a destination. */
enum record_status {
	/** It is complete. */
	RECORD_COPIED,
	/** It was left alone. */
	RECORD_SKIPPED,
	/** It could not be made, or not completely. */
	RECORD_FAILED,
	/** A dry run: it would be complete. */
	RECORD_PLANNED,
	/** It existed, is equal to the source, and shares what it can. */
	RECORD_DEDUPED,
	/** Number of these. */
	RECORD_STATUSES,
};

/** A failure, a warning or a refusal. */
struct record_fault {
	/** What was being done, or checked; OVLCP_OP_NONE with an error of 0: there is no fault. */
	enum ovlcp_op op;
	/** errno, positive; 0 for a check. */
	int error;
	/** The message on standard error; NULL for a refusal, which has none. Owned. */
	char *message;
};

/** One destination. Strings are owned; those that are not known are NULL. */
struct record {
	/** Its number in the events (ovlcp_event_id); 0: it has one event. */
	uint64_t id;
	/** Path of the source. */
	char *source;
	/** Path of the destination; "" if the copy failed before there was one. */
	char *destination;
	/** Path of the backup that was made of the existing destination. */
	char *backup;
	/** What became of it. */
	enum record_status status;
	/** How the data was provided, or what else was made. */
	enum ovlcp_method method;
	/** The fields of the table in record_fields.c, in its order. */
	struct record_value values[RECORD_FIELDS_MAX];
	/** The first method that was refused. */
	struct record_fault refusal;
	/** The failure. */
	struct record_fault error;
	/** All other failures and warnings; owned. */
	struct record_fault *warnings;
	/** Number of warnings. */
	size_t warning_count;
	/** Warnings that there is room for. */
	size_t warning_room;
	/** An existing destination was removed. */
	bool removed;
	/** The backup got its old name again. */
	bool restored;
	/** The copy was begun, so there is a duration. */
	bool begun;
	/** The copy has ended, well or not; only warnings can follow. */
	bool ended;
	/** Time of the first event, in nanoseconds (CLOCK_MONOTONIC). */
	uint64_t begin_ns;
	/** Time of the last event so far, likewise. */
	uint64_t end_ns;
};

/** Free @r. @r: may be NULL. */
void record_free(struct record *r);

/** Whether there is a fault in @f. */
bool record_is_fault(const struct record_fault *f);

/** A word for @status, such as "copied". */
const char *record_status_name(enum record_status status);

#endif
