/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Timestamps with fewer digits than those that were set (lib/plan/coarse_time.c).
 */
#include "cases.h"

#include "plan/coarse_time.h"

struct time_case {
	const char *name;
	struct timespec source;
	struct timespec mtime;
	struct timespec ctime;
	bool is_coarse;
};

static const struct time_case time_cases[] = {
	{ "equal", { 7, 123456700 }, { 7, 123456700 }, { 9, 1200 }, true },
	{ "whole seconds", { 7, 123456789 }, { 7, 0 }, { 9, 0 }, true },
	{ "not if the filesystem has digits", { 7, 123456789 }, { 7, 0 }, { 9, 987654321 }, false },
	{ "not if a second is missing", { 7, 123456789 }, { 6, 0 }, { 9, 0 }, false },
	{ "hundreds of nanoseconds", { 7, 123456789 }, { 7, 123456700 }, { 9, 54321100 }, true },
	{ "microseconds", { 7, 123456789 }, { 7, 123456000 }, { 9, 54321000 }, true },
	{ "milliseconds", { 7, 123456789 }, { 7, 123000000 }, { 9, 54000000 }, true },
	{ "hundredths of seconds", { 7, 129456789 }, { 7, 120000000 }, { 9, 50000000 }, true },
	{ "two seconds", { 7, 123456789 }, { 6, 0 }, { 6, 0 }, true },
	{ "two seconds, even", { 8, 123456789 }, { 8, 0 }, { 8, 0 }, true },
	{ "not two seconds where the ctime is another time",
	  { 7, 123456789 },
	  { 6, 0 },
	  { 8, 0 },
	  false },
	{ "not from an odd second", { 8, 123456789 }, { 7, 0 }, { 7, 0 }, false },
	{ "not more", { 8, 123456789 }, { 6, 0 }, { 6, 0 }, false },
	{ "before 1970", { -7, 500000000 }, { -7, 0 }, { 9, 0 }, true },
};

static void test_time(void **state)
{
	const struct time_case *c = *state;
	const struct stat dst = { .st_mtim = c->mtime, .st_ctim = c->ctime };

	assert_int_equal(plan_is_coarse_mtime(&dst, c->source), c->is_coarse);
}

int main(void)
{
	struct CMUnitTest tests[ROWS(time_cases)];

	CASES(tests, time_cases, test_time);
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("coarse_time", tests, NULL, NULL);
}
