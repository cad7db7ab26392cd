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

/* By how much the gain has to differ from what it has to be, after so many pairs of windows: a
   window of some milliseconds varies by a tenth if the thread has a processor to itself, and by a
   third if it has to wait for one. Where there is noise, so much is asked of more threads after
   twice as many pairs; fewer are the better choice where little is known. */
static const double margins[] = { 0.30, 0.15, 0.08, 0.0 };

#define MARGINS (sizeof(margins) / sizeof(margins[0]))

static double per(uint64_t a, uint64_t b)
{
	return b ? (double)a / (double)b : 0;
}

/* Whether threads wait, for a processor or a disk: what was measured is full of noise. */
static bool is_noisy(const struct plan_window *few)
{
	return few->cpu_ns < few->wall_ns / 10 * 9;
}

/* The margin after so many pairs of windows, at least 1. */
static double margin_after(unsigned int pairs)
{
	return margins[pairs < MARGINS ? pairs - 1 : MARGINS - 1];
}

enum plan_verdict plan_threads_compare(const struct plan_window *few,
				       const struct plan_window *many, unsigned int pairs)
{
	bool noisy = is_noisy(few);
	unsigned int many_pairs = noisy ? pairs / 2 : pairs;
	double few_rate = per(few->work, few->wall_ns);
	double few_cost = per(few->cpu_ns, few->work);
	double gain = few_rate > 0 ? per(many->work, many->wall_ns) / few_rate : 1;
	double cost = few_cost > 0 ? per(many->cpu_ns, many->work) / few_cost : 1;
	double least = noisy ? GAIN_MIN_NOISY : GAIN_MIN;
	double needed = cost - COST_ALLOWED > least ? cost - COST_ALLOWED : least;

	if (many_pairs > 0 && gain >= needed * (1 + margin_after(many_pairs)))
		return PLAN_VERDICT_MANY;
	if (gain * (1 + margin_after(pairs)) <= needed || many_pairs >= MARGINS)
		return PLAN_VERDICT_FEW;
	return PLAN_VERDICT_NONE;
}
