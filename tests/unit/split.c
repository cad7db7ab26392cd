/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * When a file is copied by several threads (lib/plan/split.h).
 */
#include "cases.h"

#include "plan/split.h"

struct split_case {
	const char *name;
	struct facts f;
	struct ovlcp_options opt;
	bool may;
	unsigned int workers;
};

#define SIZE PLAN_SPLIT_MIN

/* Facts about two regular files: size, threads, whether the filesystem gains, whether it is warm.
 */
#define FILES(bytes, n, gains, warm)                                                               \
	{                                                                                          \
		.regular = true, .size = (bytes), .allocated = (bytes), .threads = (n),            \
		.parallel_writes = (gains), .src_cached = (warm)                                   \
	}

#define FILLED                                                                                     \
	{                                                                                          \
		.sparse = OVLCP_SPARSE_NEVER                                                       \
	}
#define ZEROS                                                                                      \
	{                                                                                          \
		.sparse = OVLCP_SPARSE_ALWAYS                                                      \
	}

static const struct split_case split_cases[] = {
	{ "two threads of many", FILES(SIZE, 8, true, true), { 0 }, true, 2 },
	{ "two threads if there are two", FILES(SIZE, 2, true, true), { 0 }, true, 2 },
	{ "two threads under -j8", FILES(SIZE, 8, true, true), { .jobs = 8 }, true, 2 },
	{ "two threads for a very big file", FILES(INT64_MAX, 8, true, true), { 0 }, true, 2 },
	{ "two threads if holes are to be filled", FILES(SIZE, 8, true, true), FILLED, true, 2 },
	{ "one on one processor", FILES(SIZE, 1, true, true), { 0 }, true, 1 },
	{ "one if it is not known how many there are", FILES(SIZE, 0, true, true), { 0 }, true, 1 },
	{ "one under -j1", FILES(SIZE, 8, true, true), { .jobs = 1 }, false, 1 },
	{ "one if the file is a byte smaller", FILES(SIZE - 1, 8, true, true), { 0 }, false, 1 },
	{ "one if most of it is holes",
	  { .regular = true,
	    .size = INT64_MAX,
	    .allocated = SIZE - 1,
	    .threads = 8,
	    .sparse = true,
	    .parallel_writes = true,
	    .src_cached = true },
	  { 0 },
	  false,
	  1 },
	{ "one if it is not in the page cache", FILES(SIZE, 8, true, false), { 0 }, true, 1 },
	{ "one if the filesystem gains nothing", FILES(SIZE, 8, false, true), { 0 }, true, 1 },
	{ "one if zeros are looked for", FILES(SIZE, 8, true, true), ZEROS, false, 1 },
	{ "one if the filesystem does not tell of holes",
	  { .regular = true,
	    .size = SIZE + 1,
	    .allocated = SIZE,
	    .threads = 8,
	    .sparse = true,
	    .hides_holes = true,
	    .parallel_writes = true,
	    .src_cached = true },
	  { 0 },
	  false,
	  1 },
	{ "one for a stream", { .size = SIZE, .allocated = SIZE, .threads = 8 }, { 0 }, false, 1 },
};

static void check_split(void **state)
{
	const struct split_case *c = *state;

	assert_int_equal(plan_may_split(&c->f, &c->opt), c->may);
	assert_int_equal(plan_split_workers(&c->f, &c->opt), c->workers);
}

int main(void)
{
	struct CMUnitTest tests[ROWS(split_cases)];

	CASES(tests, split_cases, check_split);
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("split", tests, NULL, NULL);
}
