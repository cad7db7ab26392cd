/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The two formats of a report. Both print the same facts, one line for a file, and one at the end.
 */
#ifndef OVL_CMD_REPORT_FORMAT_H
#define OVL_CMD_REPORT_FORMAT_H

#include "json.h"
#include "record.h"

#include <stdio.h>

/** Version of the format: of the keys, their types and their meaning. */
#define REPORT_SCHEMA 1

/** What the last line tells. */
struct summary {
	const struct totals *totals;
	/** Exit status of the program. */
	int exit_status;
	/** The signal that ends the program instead, or 0. */
	int signal;
	/** Nanoseconds from the opening of the report on. */
	uint64_t duration_ns;
	/** Release of the kernel, such as "6.18.0"; borrowed. */
	const char *kernel;
};

/** Print @r to @out as an object in JSON on a line. 0 or -errno, as json_print. */
int report_json_file(struct json *j, const struct record *r, FILE *out);

/** Likewise the summary. */
int report_json_summary(struct json *j, const struct summary *s, FILE *out);

/** Print @r to @out as a line for people: tabs between the fields. */
void report_tsv_file(const struct record *r, FILE *out);

/** Likewise the summary. */
void report_tsv_summary(const struct summary *s, FILE *out);

#endif
