/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The fields of a record that come from one event: how the data of a file was provided. One table
 * lists them, and everything that reads, prints, adds up or frees them goes through it.
 */
#ifndef OVL_CMD_RECORD_FIELDS_H
#define OVL_CMD_RECORD_FIELDS_H

#include "ovlcp.h"

/** Room for the values of a record; record_fields.c checks that the table fits. */
#define RECORD_FIELDS_MAX 24

/** What the value of a field is, and when it is known. */
enum record_kind {
	/** Text; known unless it is "". */
	RECORD_TEXT,
	/** Text up to its first space: the type of a filesystem, without the label for people. */
	RECORD_FIRST_WORD,
	/** True or false; known where the file has data, unless the library cannot tell. */
	RECORD_FLAG,
	/** A number; known where the file has data. */
	RECORD_NUMBER,
	/** A number of bytes that the summary adds up; 0 where the file has no data. */
	RECORD_BYTES,
};

/** A row of the table: one key of a report. Only the function that belongs to kind is set. */
struct record_field {
	/** The key in JSON and in lines of text; docs/report.schema.json lists them too. */
	const char *key;
	/** Which values it has, and which function reads them. */
	enum record_kind kind;
	/** For RECORD_TEXT and RECORD_FIRST_WORD: the text, never NULL; copied. */
	const char *(*text)(const struct ovlcp_event *e);
	/** For RECORD_FLAG: 1, 0, or -1 if it is not known. */
	int (*flag)(const struct ovlcp_event *e);
	/** For RECORD_NUMBER and RECORD_BYTES. */
	uint64_t (*number)(const struct ovlcp_event *e);
};

/** The value of one field. All-zero: not known. */
struct record_value {
	/** Whether there is a value. */
	bool is_known;
	/** For texts; owned. */
	char *text;
	/** For flags (0 or 1) and numbers. */
	uint64_t number;
};

/** The fields in the order in which they are printed; a row without a key ends the table. */
extern const struct record_field record_fields[];

/**
 * Set @values, one for each row of record_fields, to those of @e; old ones are freed.
 * Returns 0; or -ENOMEM, and then texts are missing.
 */
int record_fields_read(struct record_value values[RECORD_FIELDS_MAX], const struct ovlcp_event *e);

/** Free the texts. */
void record_fields_done(struct record_value values[RECORD_FIELDS_MAX]);

#endif
