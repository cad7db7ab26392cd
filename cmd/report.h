/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * --report: a line about each file, for programs and logs. man ovl-cp-report has the format.
 */
#ifndef OVL_CMD_REPORT_H
#define OVL_CMD_REPORT_H

#include "operands.h"
#include "options.h"

/** An open report. */
struct report;

/**
 * Open the report that @o asks for, before anything is copied: see report_file_open. @o: borrowed
 * until report_close.   @p, @s: borrowed for the call.
 * @ret_r: receives it, to be freed by report_close; NULL if @o asks for none, or on failure.
 * Returns 0, or the exit status after a message.
 */
int report_open(const struct options *o, const struct operands *p, struct ovlcp *s,
		struct report **ret_r);

/** Write what is known after an event of the library. @r: may be NULL. */
void report_event(struct report *r, const struct ovlcp_event *e);

/**
 * Write the records that are left and the summary, close and free the report. @r: may be NULL.
 *
 * @status: exit status of the copy.   @number: the signal that ends the program, or 0.
 * Returns @status; or DIAG_FAILURE if the report is incomplete.
 */
int report_close(struct report *r, int status, int number);

#endif
