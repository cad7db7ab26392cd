/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who hears of the library's events.
 */
#ifndef OVL_CMD_EVENTS_H
#define OVL_CMD_EVENTS_H

#include "explain.h"
#include "fallback.h"
#include "options.h"
#include "report.h"

/** The readers of events, and what they keep. */
struct event_readers {
	const struct options *o;
	struct explain explain;
	struct fallback fallback;
	/** Reasons of which was said already what helps: a bit for each enum ovlcp_reason. */
	uint64_t hinted;
	/** NULL without --report. */
	struct report *report;
};

/** Takes an event of the library. @payload: a struct event_readers. */
void events_dispatch(const struct ovlcp_event *e, void *payload);

/**
 * What is to be said at the end. @number: the signal that ends the program, or 0.
 * Returns @status, or a worse one.
 */
int events_finish(struct event_readers *h, int status, int number);

#endif
