/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What proves that a file is still what was recorded (lib/plan/remember.c).
 */
#include "cases.h"

#include "ovlcp.h"
#include "plan/remember.h"

#include <stdint.h>
#include <string.h>

#define SECOND INT64_C(1000000000)

/* What every look at one file has; a case changes one of them. */
static const struct file_look look = { 1, 2, 3, 4, { 5, 6 }, { 7, 8 } };

struct look_case {
	const char *name;
	struct file_look other;
	bool is_equal;
};

static const struct look_case look_cases[] = {
	{ "look: the same", { 1, 2, 3, 4, { 5, 6 }, { 7, 8 } }, true },
	{ "look: another mount", { 9, 2, 3, 4, { 5, 6 }, { 7, 8 } }, false },
	{ "look: another device", { 1, 9, 3, 4, { 5, 6 }, { 7, 8 } }, false },
	{ "look: another inode", { 1, 2, 9, 4, { 5, 6 }, { 7, 8 } }, false },
	{ "look: another size", { 1, 2, 3, 9, { 5, 6 }, { 7, 8 } }, false },
	{ "look: another second of the mtime", { 1, 2, 3, 4, { 9, 6 }, { 7, 8 } }, false },
	{ "look: another nanosecond of the mtime", { 1, 2, 3, 4, { 5, 9 }, { 7, 8 } }, false },
	{ "look: another second of the ctime", { 1, 2, 3, 4, { 5, 6 }, { 9, 8 } }, false },
	{ "look: another nanosecond of the ctime", { 1, 2, 3, 4, { 5, 6 }, { 7, 9 } }, false },
};

static void test_look(void **state)
{
	const struct look_case *c = *state;

	assert_int_equal(plan_looks_equal(&look, &c->other), c->is_equal);
}

struct settled_case {
	const char *name;
	struct timespec ctime;
	struct timespec now;
	bool is_settled;
};

static const struct settled_case settled_cases[] = {
	{ "settled: a tick ago", { 7, 4000001 }, { 7, 8000001 }, true },
	{ "settled: not in this tick", { 7, 8000001 }, { 7, 8000001 }, false },
	{ "settled: not if the clock was set back", { 8, 1 }, { 7, 999999999 }, false },
	{ "settled: whole seconds, two seconds ago", { 7, 0 }, { 9, 0 }, true },
	{ "settled: not whole seconds one second ago", { 7, 0 }, { 8, 999999999 }, false },
};

static void test_settled(void **state)
{
	const struct settled_case *c = *state;

	assert_int_equal(plan_is_settled(c->ctime, c->now), c->is_settled);
}

struct clock_case {
	const char *name;
	int64_t moved;	 /* nanoseconds that the offset of the two clocks moved by */
	int64_t elapsed; /* seconds */
	bool was_set;
};

static const struct clock_case clock_cases[] = {
	{ "clock: runs", 0, 10, false },
	{ "clock: set by a nanosecond within a day", 1, 24 * 60 * 60, true },
	{ "clock: set by a second", SECOND, 10, true },
	{ "clock: set back by a second", -SECOND, 10, true },
	{ "clock: set back to before the record", 0, -1, true },
	{ "clock: set by a minute within a day", 60 * SECOND, 24 * 60 * 60, true },
};

static void test_clock(void **state)
{
	const struct clock_case *c = *state;
	const struct copy_record record = { .clock_offset = 5 * SECOND, .time = 1000000 };

	assert_int_equal(plan_was_clock_set(&record, record.clock_offset + c->moved,
					    record.time + c->elapsed),
			 c->was_set);
}

static void test_expired(void **state)
{
	const struct copy_record record = { .time = 1000000 };
	const int64_t week = INT64_C(7) * 24 * 60 * 60;

	(void)state;
	assert_false(plan_is_expired(&record, record.time + week));
	assert_true(plan_is_expired(&record, record.time + week + 1));
}

struct comparison_case {
	const char *name;
	struct copy_record record;
	enum ovlcp_remember remember;
	bool needs;
};

#define RECORD(settled, src_mount, copy_mount)                                                     \
	{                                                                                          \
		.is_settled = (settled), .src.mount = (src_mount), .copy.mount = (copy_mount)      \
	}

static const struct comparison_case comparison_cases[] = {
	{ "comparison: not of what is settled", RECORD(true, 1, 2), OVLCP_REMEMBER_YES, false },
	{ "comparison: if it was asked for", RECORD(true, 1, 2), OVLCP_REMEMBER_VERIFY, true },
	{ "comparison: of what was recorded in one tick", RECORD(false, 1, 2), OVLCP_REMEMBER_YES,
	  true },
	{ "comparison: of what may be cut",
	  { .is_settled = true, .may_be_cut = true, .src.mount = 1, .copy.mount = 2 },
	  OVLCP_REMEMBER_YES,
	  true },
	{ "comparison: if the source's mount may be another", RECORD(true, 0, 2),
	  OVLCP_REMEMBER_YES, true },
	{ "comparison: if the copy's mount may be another", RECORD(true, 1, 0), OVLCP_REMEMBER_YES,
	  true },
};

static void test_comparison(void **state)
{
	const struct comparison_case *c = *state;
	const struct ovlcp_options opt = { .remember = c->remember };

	assert_int_equal(plan_needs_comparison(&c->record, &opt), c->needs);
}

struct trail_case {
	const char *name;
	uint64_t magic;
	enum change_trail trail;
};

static const struct trail_case trail_cases[] = {
	{ "trail: xfs", 0x58465342, TRAIL_CTIME },
	{ "trail: erofs cannot change", 0xe0f5e1e2, TRAIL_FIXED },
	{ "trail: an overlay has that of a layer", 0x794c7630, TRAIL_OVERLAY },
	{ "trail: tmpfs has none, where a mapping is written", 0x01021994, TRAIL_NONE },
	{ "trail: FUSE has none", 0x65735546, TRAIL_NONE },
	{ "trail: NFS has none", 0x6969, TRAIL_NONE },
};

static void test_trail(void **state)
{
	const struct trail_case *c = *state;

	assert_int_equal(plan_change_trail(c->magic), c->trail);
}

static void test_making(void **state)
{
	const struct ovlcp_options plain = { 0 };
	const struct ovlcp_options with_mode = { .preserve = OVLCP_PRESERVE_MODE };
	const struct ovlcp_options without = { .flags = OVLCP_DEFAULT_MODE };
	const struct ovlcp_options labelled = { .context = "a" };
	const uint64_t making = plan_making(&plain, 022, 0);

	(void)state;
	assert_true(making != 0);
	assert_true(making == plan_making(&plain, 022, 0));
	assert_true(making != plan_making(&plain, 077, 0));
	assert_true(making != plan_making(&plain, 022, 1));
	assert_true(making != plan_making(&with_mode, 022, 0));
	assert_true(making != plan_making(&without, 022, 0));
	assert_true(plan_making(&labelled, 022, 0) == 0);
}

static void test_memorable(void **state)
{
	const struct ovlcp_options yes = { .remember = OVLCP_REMEMBER_YES };
	const struct ovlcp_options never = { .remember = OVLCP_REMEMBER_YES,
					     .reflink = OVLCP_REFLINK_NEVER };
	const struct ovlcp_options holes = { .remember = OVLCP_REMEMBER_YES,
					     .sparse = OVLCP_SPARSE_ALWAYS };

	(void)state;
	assert_true(plan_is_memorable(1, &yes));
	assert_false(plan_is_memorable(0, &yes));
	assert_false(plan_is_memorable(1, &never));
	assert_false(plan_is_memorable(1, &holes));
	assert_false(plan_is_memorable(1, &(struct ovlcp_options){ 0 }));
}

static const struct CMUnitTest rest[] = {
	cmocka_unit_test(test_expired),
	cmocka_unit_test(test_making),
	cmocka_unit_test(test_memorable),
};

int main(void)
{
	struct CMUnitTest tests[ROWS(look_cases) + ROWS(settled_cases) + ROWS(clock_cases) +
				ROWS(comparison_cases) + ROWS(trail_cases) + ROWS(rest)];
	struct CMUnitTest *next = tests;

	next = CASES(next, look_cases, test_look);
	next = CASES(next, settled_cases, test_settled);
	next = CASES(next, clock_cases, test_clock);
	next = CASES(next, comparison_cases, test_comparison);
	next = CASES(next, trail_cases, test_trail);
	memcpy(next, rest, sizeof(rest));
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("remember", tests, NULL, NULL);
}
