/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Whether more threads are worth it, by what was measured with fewer and with more of them.
 *
 * Pure. The thresholds: docs/decisions/0014-threads.md.
 */
#ifndef OVL_PLAN_THREAD_GAIN_H
#define OVL_PLAN_THREAD_GAIN_H

#include <stdint.h>

/** What was measured while a number of threads worked; or the sum of several such windows. */
struct plan_window {
	/** Work that was completed, in any unit that takes about the same time each. */
	uint64_t work;
	/** Time that passed, in nanoseconds. */
	uint64_t wall_ns;
	/** CPU time of all threads of the process, in nanoseconds. */
	uint64_t cpu_ns;
};

/** What a comparison of two numbers of threads says. */
enum plan_verdict {
	/** Too close: measure again. */
	PLAN_VERDICT_NONE = 0,
	/** The smaller number is better. */
	PLAN_VERDICT_FEW,
	/** The larger number is better. */
	PLAN_VERDICT_MANY,
};

/** Compare the sums of @pairs windows of each number of threads, 1 or more. Not
    PLAN_VERDICT_NONE from PLAN_PAIRS_MAX on. */
enum plan_verdict plan_threads_compare(const struct plan_window *few,
				       const struct plan_window *many, unsigned int pairs);

/** Maximum number of windows that are measured of each number of threads in a comparison. */
#define PLAN_PAIRS_MAX 8

#endif
