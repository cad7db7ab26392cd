/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * --report: what became of each file, for programs and logs. man ovl-cp-report has the format.
 */
#ifndef OVL_CMD_REPORT_H
#define OVL_CMD_REPORT_H

#include "options.h"

/** A report that is being written. */
struct report;

/** Whether a report is asked for on standard output. */
bool report_is_on_stdout(const struct options *o);

/**
 * Open the report that @o asks for, before anything is copied. @o: borrowed until report_close.
 * @ret_r: receives it, or NULL if none is asked for.
 * Returns 0, or the exit status after a message.
 */
int report_open(const struct options *o, struct report **ret_r);

/** Take an event of the library. @r: may be NULL. */
void report_event(struct report *r, const struct ovlcp_event *e);

/**
 * Write what is missing and the summary, and close the report. @r: may be NULL.
 * @status: exit status of the copy.   @number: the signal that ends the program, or 0.
 * Returns @status; or, if the report is not complete, that of a failure.
 */
int report_close(struct report *r, int status, int number);

#endif
