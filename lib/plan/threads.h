/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * How many threads copy, by what threads give: windows of work that were measured in, a number of
 * threads out.
 *
 * Pure but for its own state: nothing here starts a thread or reads a clock. What was measured, and
 * the thresholds: docs/decisions/0014-threads.md.
 */
#ifndef OVL_PLAN_THREADS_H
#define OVL_PLAN_THREADS_H

#include "plan/thread_gain.h"

#include <stdbool.h>

/** The state of the decision. */
struct plan_threads {
	/** Largest number of threads. */
	unsigned int max;
	/** Number of threads between comparisons. */
	unsigned int threads;
	/** Number of threads that it is compared with; 0: none at present. */
	unsigned int other;
	/** Windows of this comparison, with the smaller and the larger number of threads. */
	struct plan_window few, many;
	/** Number of windows of this comparison that were measured. */
	unsigned int windows;
	/** Windows until the next comparison. */
	unsigned int rest;
	/** Windows between the last comparison and the next. */
	unsigned int interval;
	/** Whether the last comparison was with more threads. */
	bool last_was_up;
};

/** Start with one thread, of at most @max. */
void plan_threads_init(struct plan_threads *t, unsigned int max);

/** Take a window into account that was measured with the number of threads that was returned last,
    1 at first. Returns the number of threads for the next one. */
unsigned int plan_threads_next(struct plan_threads *t, const struct plan_window *w);

#endif
