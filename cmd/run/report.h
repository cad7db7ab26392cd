/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * --report: a line of JSON about each file that was to be copied up, as ovl-cp --copy-up-only has
 * them (ovl-cp-report(5)), without a summary.
 */
#ifndef OVL_RUN_REPORT_H
#define OVL_RUN_REPORT_H

#include "ovlcp.h"

/** An open report, which processes may share: each line is appended by one write(2). */
struct run_report;

/**
 * Open the report @path, which lines are appended to. @flags: O_TRUNC: it is emptied first;
 * O_NONBLOCK: a FIFO without a reader is not waited for, but -ENXIO.
 * @ret_r: to be closed by run_report_close; set on success only. Returns 0; -errno of opening it;
 * -ENOPKG: the library for JSON is missing; -ENOMEM.
 */
int run_report_open(const char *path, int flags, struct run_report **ret_r);

/** The descriptor of the report, close-on-exec; -1 without one. @r: may be NULL. */
int run_report_fd(const struct run_report *r);

/** An ovlcp_event_fn that appends a line about @e. @payload: a struct run_report, or NULL. */
void run_report_event(const struct ovlcp_event *e, void *payload);

/** Close and free it. @r: may be NULL. */
void run_report_close(struct run_report *r);

#endif
