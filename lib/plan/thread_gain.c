/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The surprising fact: a second thread on one journal or tree of a filesystem can cost more CPU
 * time, in waiting for locks, than it saves. The time that passed does not show that on a busy
 * machine, where it depends on others; CPU time per unit of work does.
 */
#include "plan/thread_gain.h"

#include <stdbool.h>

/* More threads have to raise the rate by this factor at least; and by that one where noise may
   raise what is measured. */
#define GAIN_MIN       1.05
#define GAIN_MIN_NOISY 1.15

/* ... and by as much as the CPU time of a unit of work grows, less this. */
#define COST_ALLOWED 0.10

/* By how much the gain has to differ from what it has to be, after so many pairs of windows; where
   there is noise, after twice as many: a window of some milliseconds varies by a tenth if the
   thread has a processor to itself, and by a third if it has to wait for one. */
static const double margins[] = { 0.30, 0.15, 0.08, 0.0 };

#define PAIRS_MAX (sizeof(margins) / sizeof(margins[0]))

static double per(uint64_t a, uint64_t b)
{
	return b ? (double)a / (double)b : 0;
}

/* Whether threads wait, for a processor or a disk: what was measured is full of noise. */
static bool is_noisy(const struct plan_window *few)
{
	return few->cpu_ns < few->wall_ns / 10 * 9;
}

/* After so many pairs of windows: how clear the difference has to be, as an index of margins. -1:
   measure again. */
static int strictness(const struct plan_window *few, unsigned int pairs)
{
	unsigned int n = is_noisy(few) ? pairs / 2 : pairs;

	return n < PAIRS_MAX ? (int)n - 1 : (int)PAIRS_MAX - 1;
}

enum plan_verdict plan_threads_compare(const struct plan_window *few,
				       const struct plan_window *many, unsigned int pairs)
{
	double few_rate = per(few->work, few->wall_ns);
	double few_cost = per(few->cpu_ns, few->work);
	int i = strictness(few, pairs);
	double gain = few_rate > 0 ? per(many->work, many->wall_ns) / few_rate : 1;
	double cost = few_cost > 0 ? per(many->cpu_ns, many->work) / few_cost : 1;
	double least = is_noisy(few) ? GAIN_MIN_NOISY : GAIN_MIN;
	double needed = cost - COST_ALLOWED > least ? cost - COST_ALLOWED : least;

	if (i < 0)
		return PLAN_VERDICT_NONE;
	if (gain >= needed * (1 + margins[i]))
		return PLAN_VERDICT_MANY;
	return gain * (1 + margins[i]) <= needed || margins[i] == 0 ? PLAN_VERDICT_FEW
								    : PLAN_VERDICT_NONE;
}
