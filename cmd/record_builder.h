/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From events to records: several events about one destination become one record.
 */
#ifndef OVL_CMD_RECORD_BUILDER_H
#define OVL_CMD_RECORD_BUILDER_H

#include "record.h"

#include <locale.h>
#include <stddef.h>

/** Takes a record that is complete; borrowed. @payload: as in struct record_builder. */
typedef void record_fn(const struct record *r, void *payload);

/** The records that are not complete yet. All-zero at the start, but for the first four. */
struct record_builder {
	/** Called for each complete record. */
	record_fn *fn;
	/** Passed to fn. */
	void *payload;
	/** The locale of messages in records; 0: the current one. Borrowed. */
	locale_t locale;
	/** Nothing is copied (OVLCP_DRY_RUN): a leading directory is planned. */
	bool is_dry;
	/** The record that the last event was about, or NULL. */
	struct record *current;
	/** Unfinished directories, the outermost first: their end comes after the files in them. */
	struct record **open;
	/** Number of unfinished directories. */
	size_t count;
	/** Pointers that there is room for in open. */
	size_t room;
	/** An allocation failed: records or texts are missing. */
	bool incomplete;
};

/** Take an event of the library into account. */
void record_builder_add(struct record_builder *b, const struct ovlcp_event *e);

/** Complete all unfinished records after the last event, and free what the builder owns. */
void record_builder_finish(struct record_builder *b);

#endif
