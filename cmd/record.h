/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From events to files: what became of each destination, as one record (record.c), made of what
 * is told of it (records.c).
 */
#ifndef OVL_CMD_RECORD_H
#define OVL_CMD_RECORD_H

#include "ovlcp.h"

#include <locale.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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
	/** Number of these. */
	RECORD_STATUSES,
};

/** Something that went wrong. */
struct record_fault {
	/** What was being done, or checked; OVLCP_OP_NONE with an error of 0: there is no fault. */
	enum ovlcp_op op;
	/** errno, positive; 0 for a check. */
	int error;
	/** The sentence for people; NULL for a refusal, which nobody was told. Owned. */
	char *message;
};

/** One destination. Strings are owned; those that are not known are NULL. */
struct record {
	/** Path of the source. */
	char *source;
	/** Path of the destination; "" if it did not come to one. */
	char *destination;
	/** Path of the backup that was made of what was there. */
	char *backup;
	enum record_status status;
	enum ovlcp_method method;
	/** Id of the row of the plan; without one there was no data to be provided. */
	char *row;
	/** Why that row. */
	char *row_text;
	enum ovlcp_reason reason;
	enum ovlcp_layer layer;
	/** See the accessors in ovlcp.h for these; numbers are bytes. */
	int can_clone;
	bool source_on_overlay;
	bool destination_on_overlay;
	uint64_t size;
	uint64_t written;
	uint64_t shared;
	uint64_t hole;
	uint64_t copied_up;
	/** Types of filesystems. */
	char *source_fs;
	char *destination_fs;
	/** The first method that was refused. */
	struct record_fault refusal;
	/** The failure. */
	struct record_fault error;
	/** What else was told; owned. */
	struct record_fault *warnings;
	/** Number of warnings. */
	size_t warning_count;
	/** An existing destination was removed. */
	bool removed;
	/** The backup got its old name again. */
	bool restored;
	/** The copy was begun, so there is a duration. */
	bool begun;
	/** No more is to come of it. */
	bool ended;
	/** CLOCK_MONOTONIC in nanoseconds: the beginning, and the last that was told. */
	uint64_t begin_ns;
	uint64_t end_ns;
};

/** Takes a record that is complete; borrowed. */
typedef void record_fn(const struct record *r, void *payload);

/** The records that are not complete yet. Begins with fn, payload and locale set. */
struct records {
	record_fn *fn;
	void *payload;
	/** The locale of messages. */
	locale_t locale;
	/** The one that the last event was about, or NULL. */
	struct record *current;
	/** Directories that were begun, the uppermost first: other files come before their end. */
	struct record **open;
	size_t count;
	size_t room;
	/** Memory was short: something is missing. */
	bool incomplete;
};

/** Take an event of the library. */
void records_event(struct records *rs, const struct ovlcp_event *e);

/** The copy is over: complete what is not, and free all. */
void records_end(struct records *rs);

/** Free @r. @r: may be NULL. */
void record_free(struct record *r);

/** Whether there is a fault in @f. */
bool record_is_fault(const struct record_fault *f);

/** A word for @status, such as "copied". */
const char *record_status_name(enum record_status status);

/** CLOCK_MONOTONIC in nanoseconds. */
uint64_t record_now(void);

/** Sums over all records. */
struct totals {
	/** Number of records by status; failures have no method. */
	uint64_t status[RECORD_STATUSES];
	/** Those that are copied or planned, by method. */
	uint64_t method[OVLCP_METHOD_COUNT];
	/** Number of warnings. */
	uint64_t warnings;
	/** Bytes. */
	uint64_t written;
	uint64_t shared;
	uint64_t hole;
	uint64_t copied_up;
};

/** Add a record. */
void totals_add(struct totals *t, const struct record *r);

#endif
