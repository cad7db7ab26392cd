/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How many threads copy (lib/plan/threads.c, thread_gain.c), on machines that are described by what
 * each number of threads gives, with noise.
 */
#include "cases.h"

#include "plan/thread_gain.h"
#include "plan/threads.h"

#include <string.h>

/* Up to so many threads. */
#define MOST 8

/* What a number of threads gives, relative to one: units of work in a time, CPU time for a unit. */
struct yield {
	double rate;
	double cost;
};

/* Comparisons of two sums. */

struct verdict_case {
	const char *name;
	struct yield many;
	unsigned int pairs;
	enum plan_verdict verdict;
	/* part of the time that one thread waits */
	double waits;
};

static const struct verdict_case verdict_cases[] = {
	{ "twice the rate is seen at once", { 2.0, 1.0 }, 1, PLAN_VERDICT_MANY, 0 },
	{ "half of it too", { 0.5, 1.0 }, 1, PLAN_VERDICT_FEW, 0 },
	{ "a fifth more is too close at first", { 1.2, 1.0 }, 1, PLAN_VERDICT_NONE, 0 },
	{ "but not for long", { 1.2, 1.0 }, 3, PLAN_VERDICT_MANY, 0 },
	{ "no gain is no reason for a thread", { 1.0, 1.0 }, PLAN_PAIRS_MAX, PLAN_VERDICT_FEW, 0 },
	{ "nor is one of four percent", { 1.04, 1.0 }, PLAN_PAIRS_MAX, PLAN_VERDICT_FEW, 0 },
	{ "one of six percent is", { 1.06, 1.0 }, PLAN_PAIRS_MAX, PLAN_VERDICT_MANY, 0 },
	{ "CPU time may grow by a tenth", { 1.06, 1.1 }, PLAN_PAIRS_MAX, PLAN_VERDICT_MANY, 0 },
	{ "but by more only if the rate does", { 1.06, 1.3 }, PLAN_PAIRS_MAX, PLAN_VERDICT_FEW, 0 },
	{ "as it does here", { 1.25, 1.3 }, PLAN_PAIRS_MAX, PLAN_VERDICT_MANY, 0 },
	{ "twice the rate for three times the CPU time", { 2.0, 3.0 }, 1, PLAN_VERDICT_FEW, 0 },
	{ "nothing was done by either", { 0, 0 }, PLAN_PAIRS_MAX, PLAN_VERDICT_FEW, 0 },
	{ "one pair is not enough where threads wait", { 2.0, 1.0 }, 1, PLAN_VERDICT_NONE, 0.2 },
	{ "but two are for a great gain", { 2.0, 1.0 }, 2, PLAN_VERDICT_MANY, 0.2 },
	{ "and one is for a great loss", { 0.5, 1.0 }, 1, PLAN_VERDICT_FEW, 0.2 },
	{ "a fifth more takes longer there", { 1.2, 1.0 }, 4, PLAN_VERDICT_NONE, 0.2 },
	{ "but it is seen", { 1.2, 1.0 }, 8, PLAN_VERDICT_MANY, 0.2 },
	{ "a tenth is not trusted there", { 1.1, 1.0 }, 8, PLAN_VERDICT_FEW, 0.2 },
	{ "more pairs than needed", { 1.0, 1.0 }, PLAN_PAIRS_MAX + 1, PLAN_VERDICT_FEW, 0 },
};

static struct plan_window window_of(struct yield y)
{
	return (struct plan_window){
		.work = (uint64_t)(1000 * y.rate),
		.wall_ns = 5000000,
		.cpu_ns = (uint64_t)(5000000 * y.rate * y.cost),
	};
}

static void test_verdict(void **state)
{
	const struct verdict_case *c = *state;
	struct plan_window few = window_of((struct yield){ c->many.rate > 0, 1 });
	struct plan_window many = window_of(c->many);

	few.cpu_ns = (uint64_t)((double)few.cpu_ns * (1 - c->waits));
	many.cpu_ns = (uint64_t)((double)many.cpu_ns * (1 - c->waits));
	assert_int_equal(plan_threads_compare(&few, &many, c->pairs), c->verdict);
}

/* Machines. */

struct machine {
	const char *name;
	/* of 1, 2, 4 and 8 threads; the last that is given holds for more */
	struct yield yields[4];
	unsigned int max;
	/* a rate is up to this part higher or lower */
	double noise;
	/* the best number of threads */
	unsigned int best;
	/* largest number of windows of a thousand with another number */
	int others;
};

static const struct machine machines[] = {
	{ "a second thread that halves the time is kept",
	  { { 1, 1 }, { 1.9, 1.04 } },
	  2,
	  0,
	  2,
	  30 },
	{ "one that gains nothing is parked", { { 1, 1 }, { 1.0, 1.0 } }, 2, 0, 1, 60 },
	{ "one that costs more than it gives too", { { 1, 1 }, { 1.05, 1.31 } }, 2, 0, 1, 60 },
	{ "one that gives more than it costs is kept", { { 1, 1 }, { 1.19, 1.2 } }, 2, 0, 2, 60 },
	{ "one that makes it slower is parked soon", { { 1, 1 }, { 0.5, 1.6 } }, 2, 0, 1, 20 },
	{ "a tenth of noise hides no gain", { { 1, 1 }, { 1.9, 1.04 } }, 2, 0.1, 2, 40 },
	{ "nor a loss", { { 1, 1 }, { 0.7, 1.5 } }, 2, 0.1, 1, 40 },
	{ "a third of noise does not either", { { 1, 1 }, { 1.9, 1.04 } }, 2, 0.33, 2, 60 },
	{ "nor hides it a loss", { { 1, 1 }, { 0.6, 1.5 } }, 2, 0.33, 1, 60 },
	{ "four threads, where eight gain no more",
	  { { 1, 1 }, { 1.9, 1 }, { 3, 1.05 }, { 3, 1.4 } },
	  8,
	  0.05,
	  4,
	  90 },
	{ "eight, where all gain", { { 1, 1 }, { 1.9, 1 }, { 3.6, 1 }, { 7, 1 } }, 8, 0.05, 8, 40 },
	{ "a maximum that is no power of two", { { 1, 1 }, { 1.9, 1 }, { 3.6, 1 } }, 3, 0, 3, 40 },
	{ "one thread, where no more are allowed", { { 1, 1 }, { 1.9, 1 } }, 1, 0, 1, 0 },
	{ "windows in which nothing was done", { { 0, 0 } }, 2, 0, 1, 60 },
};

/* A random number from -1 to 1, the same in every run. */
static double draw(uint64_t *seed)
{
	*seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (double)(*seed >> 33) / (double)(UINT64_C(1) << 30) - 1;
}

static struct plan_window measure(const struct machine *m, unsigned int threads, uint64_t *seed)
{
	size_t i = threads >= 8 ? 3 : threads >= 3 ? 2 : threads - 1;
	struct yield y;

	while (i > 0 && m->yields[i].cost == 0)
		i--;
	y = m->yields[i];
	y.rate *= 1 + m->noise * draw(seed);
	return window_of(y);
}

/* Run @windows windows from *@threads on. Returns in how many of them another number of threads
   than the best one worked. */
static int run(struct plan_threads *t, unsigned int *threads, const struct machine *m, int windows)
{
	uint64_t seed = 7;
	int others = 0;

	for (int i = 0; i < windows; i++) {
		struct plan_window w = measure(m, *threads, &seed);

		others += *threads != m->best;
		*threads = plan_threads_next(t, &w);
		assert_in_range(*threads, 1, m->max);
	}
	return others;
}

static void test_machine(void **state)
{
	const struct machine *m = *state;
	struct plan_threads t;
	unsigned int threads = 1;

	plan_threads_init(&t, m->max);
	assert_in_range(run(&t, &threads, m, 1000), 0, m->others);
}

/* What paid does not pay any more, and the other way round. */
static void test_change(void **state)
{
	static const struct machine gains = { "", { { 1, 1 }, { 1.9, 1 } }, 2, 0.1, 2, 0 };
	static const struct machine loses = { "", { { 1, 1 }, { 0.6, 1.5 } }, 2, 0.1, 1, 0 };
	struct plan_threads t;
	unsigned int threads = 1;

	(void)state;
	plan_threads_init(&t, 2);
	(void)run(&t, &threads, &gains, 1000);
	assert_in_range(run(&t, &threads, &loses, 1000), 0, 300);
	assert_in_range(run(&t, &threads, &gains, 1000), 0, 300);
}

/* From a number in the middle both directions are tried. */
static void test_middle(void **state)
{
	static const struct machine four = { "", { { 1, 1 }, { 1.9, 1 }, { 3, 1 }, { 3, 1.4 } },
					     8,	 0.02,
					     4,	 0 };
	static const struct machine one = { "", { { 1, 1 }, { 0.7, 1.5 }, { 0.6, 2 }, { 0.5, 3 } },
					    8,	0.02,
					    1,	0 };
	static const struct machine eight = { "", { { 1, 1 }, { 1.9, 1 }, { 3.6, 1 }, { 7, 1 } },
					      8,  0.02,
					      8,  0 };
	struct plan_threads t;
	unsigned int threads = 1;

	(void)state;
	plan_threads_init(&t, 8);
	(void)run(&t, &threads, &four, 1000);
	assert_in_range(run(&t, &threads, &one, 2000), 0, 700);
	(void)run(&t, &threads, &four, 1000);
	assert_in_range(run(&t, &threads, &eight, 2000), 0, 700);
}

/* A second thread is tried in the second window, and kept in the third if it doubles the rate: a
   tree of a tenth of a second gains from it, too. */
static void test_start(void **state)
{
	struct plan_window one = window_of((struct yield){ 1, 1 });
	struct plan_window two = window_of((struct yield){ 2, 1 });
	struct plan_threads t;

	(void)state;
	plan_threads_init(&t, 2);
	assert_int_equal(plan_threads_next(&t, &one), 2);
	assert_int_equal(plan_threads_next(&t, &two), 2);
}

int main(void)
{
	struct CMUnitTest tests[ROWS(verdict_cases) + ROWS(machines) + 3];
	struct CMUnitTest *end = CASES(tests, verdict_cases, test_verdict);

	end = CASES(end, machines, test_machine);
	*end++ = (struct CMUnitTest)cmocka_unit_test(test_change);
	*end++ = (struct CMUnitTest)cmocka_unit_test(test_middle);
	*end = (struct CMUnitTest)cmocka_unit_test(test_start);
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("threads", tests, NULL, NULL);
}
