/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * When a copy-up is allowed: policy, harm and size (plan_copy_up_refusal, lib/plan/copyup.c).
 */
#include "cases.h"

#include "plan/copyup.h"

#define MIB	 (UINT64_C(1) << 20)
#define MIB16	 (UINT64_C(16) << 20)
#define HUGE_MIN UINT64_MAX

struct copy_up_case {
	const char *name;
	uint64_t size;
	size_t destinations;
	struct ovlcp_options opt;
	enum ovlcp_reason harm;
	enum ovlcp_reason refusal;
};

#define ALLOWED	     OVLCP_REASON_NONE, OVLCP_REASON_NONE
#define REFUSED(why) OVLCP_REASON_NONE, OVLCP_REASON_LOWER_##why
#define HARM(why)    OVLCP_REASON_LOWER_##why, OVLCP_REASON_LOWER_##why

static const struct copy_up_case copy_up_cases[] = {
	{ "single: 1 MiB is enough", MIB, 1, { 0 }, ALLOWED },
	{ "single: a byte less than 1 MiB is too small", MIB - 1, 1, { 0 }, REFUSED(SMALL) },
	{ "single: an empty file is too small", 0, 1, { 0 }, REFUSED(SMALL) },
	{ "single: a lower limit counts", 4096, 1, { .copy_up_min = 4096 }, ALLOWED },
	{ "single: a byte below a lower limit is too small",
	  4095,
	  1,
	  { .copy_up_min = 4096 },
	  REFUSED(SMALL) },
	{ "single: a higher limit counts",
	  2 * MIB,
	  1,
	  { .copy_up_min = 2 * MIB + 1 },
	  REFUSED(SMALL) },
	{ "single: the highest limit forbids all",
	  INT64_MAX,
	  1,
	  { .copy_up_min = HUGE_MIN },
	  REFUSED(SMALL) },
	{ "fan-out: 16 MiB is enough", MIB16, 2, { 0 }, ALLOWED },
	{ "fan-out: below 16 MiB a donor is cheaper", MIB16 - 1, 2, { 0 }, REFUSED(DONOR) },
	{ "fan-out: also far below", 1, 2, { 0 }, REFUSED(DONOR) },
	{ "fan-out: a lower limit changes nothing",
	  MIB16 - 1,
	  2,
	  { .copy_up_min = 4096 },
	  REFUSED(DONOR) },
	{ "fan-out: a lower limit that is met changes nothing",
	  4096,
	  2,
	  { .copy_up_min = 4096 },
	  REFUSED(DONOR) },
	{ "fan-out: below a lower limit the limit is the reason",
	  4095,
	  2,
	  { .copy_up_min = 4096 },
	  REFUSED(SMALL) },
	{ "fan-out: a higher limit counts",
	  MIB16,
	  2,
	  { .copy_up_min = MIB16 + 1 },
	  REFUSED(SMALL) },
	{ "fan-out: a higher limit is met", MIB16 + 1, 2, { .copy_up_min = MIB16 + 1 }, ALLOWED },
	{ "copy-up=always: one byte is enough",
	  1,
	  1,
	  { .copy_up = OVLCP_COPY_UP_ALWAYS },
	  ALLOWED },
	{ "copy-up=always: also in a fan-out",
	  1,
	  100,
	  { .copy_up = OVLCP_COPY_UP_ALWAYS },
	  ALLOWED },
	{ "copy-up=always: the limit is for auto only",
	  1,
	  1,
	  { .copy_up = OVLCP_COPY_UP_ALWAYS, .copy_up_min = MIB },
	  ALLOWED },
	{ "copy-up=always: not if it does harm",
	  MIB16,
	  1,
	  { .copy_up = OVLCP_COPY_UP_ALWAYS },
	  HARM(LINKS) },
	{ "copy-up=never: whatever the size",
	  MIB16,
	  1,
	  { .copy_up = OVLCP_COPY_UP_NEVER },
	  REFUSED(NEVER) },
	{ "copy-up=never: also under reflink=always",
	  MIB16,
	  1,
	  { .copy_up = OVLCP_COPY_UP_NEVER, .reflink = OVLCP_REFLINK_ALWAYS },
	  REFUSED(NEVER) },
	{ "copy-up=never does not hide harm, against which another option does not help",
	  MIB16,
	  1,
	  { .copy_up = OVLCP_COPY_UP_NEVER },
	  HARM(LINKS) },
	{ "harm to links comes before size", 1, 1, { 0 }, HARM(LINKS) },
	{ "harm to times forbids it", MIB16, 1, { 0 }, HARM(TIMES) },
	{ "reflink=always: not if it does harm",
	  MIB16,
	  1,
	  { .reflink = OVLCP_REFLINK_ALWAYS },
	  HARM(LINKS) },
	{ "reflink=always: one byte is enough",
	  1,
	  1,
	  { .reflink = OVLCP_REFLINK_ALWAYS },
	  ALLOWED },
	{ "reflink=always: also in a fan-out", 1, 2, { .reflink = OVLCP_REFLINK_ALWAYS }, ALLOWED },
	{ "reflink=always: a limit that was set counts",
	  MIB - 1,
	  1,
	  { .reflink = OVLCP_REFLINK_ALWAYS, .copy_up_min = MIB },
	  REFUSED(SMALL) },
	{ "reflink=always: a limit that was set counts in a fan-out",
	  MIB - 1,
	  2,
	  { .reflink = OVLCP_REFLINK_ALWAYS, .copy_up_min = MIB },
	  REFUSED(SMALL) },
	{ "reflink=always: in a fan-out a limit below 16 MiB is met",
	  MIB,
	  2,
	  { .reflink = OVLCP_REFLINK_ALWAYS, .copy_up_min = MIB },
	  ALLOWED },
};

/* Files that were found in a tree. */
static const struct copy_up_case tree_cases[] = {
	{ "tree: no file is copied up, whatever its size", MIB16, 1, { 0 }, REFUSED(TREE) },
	{ "tree: also in a fan-out", MIB16, 2, { 0 }, REFUSED(TREE) },
	{ "tree: nor if a limit is met", MIB16, 1, { .copy_up_min = 1 }, REFUSED(TREE) },
	{ "tree: nor if it is not", 1, 1, { .copy_up_min = MIB }, REFUSED(TREE) },
	{ "tree: under reflink=never as well",
	  MIB16,
	  1,
	  { .reflink = OVLCP_REFLINK_NEVER },
	  REFUSED(TREE) },
	{ "tree: harm comes first", MIB16, 1, { 0 }, HARM(LINKS) },
	{ "tree: copy-up=never comes first",
	  MIB16,
	  1,
	  { .copy_up = OVLCP_COPY_UP_NEVER },
	  REFUSED(NEVER) },
	{ "tree: copy-up=always: one byte is enough",
	  1,
	  1,
	  { .copy_up = OVLCP_COPY_UP_ALWAYS },
	  ALLOWED },
	{ "tree: reflink=always: one byte is enough",
	  1,
	  1,
	  { .reflink = OVLCP_REFLINK_ALWAYS },
	  ALLOWED },
	{ "tree: reflink=always: a limit that was set counts",
	  MIB - 1,
	  1,
	  { .reflink = OVLCP_REFLINK_ALWAYS, .copy_up_min = MIB },
	  REFUSED(SMALL) },
};

/* What else is known of a source of 16 MiB, and what follows by default, under copy-up=always and
   under reflink=always. */
struct fact_case {
	const char *name;
	struct facts f;
	enum ovlcp_reason by_default;
	enum ovlcp_reason always;
	enum ovlcp_reason must_share;
};

#define NONE OVLCP_REASON_NONE

static const struct fact_case fact_cases[] = {
	{ "its metadata was copied up before",
	  { .metadata_only = true },
	  OVLCP_REASON_LOWER_TIMES,
	  NONE,
	  NONE },
	{ "it may be executed", { .executable = true }, NONE, NONE, NONE },
	{ "it may be executed, and would be opened for writing",
	  { .executable = true, .copy_up_opens = true },
	  OVLCP_REASON_LOWER_EXECUTABLE,
	  NONE,
	  NONE },
	{ "it would be opened for writing", { .copy_up_opens = true }, NONE, NONE, NONE },
	{ "half of it are holes that would be filled",
	  { .hole_bytes = MIB16 / 2, .filled_bytes = MIB16 / 2 },
	  NONE,
	  NONE,
	  NONE },
	{ "more than half of it are holes that would be filled",
	  { .hole_bytes = MIB16 / 2 + 1, .filled_bytes = MIB16 / 2 + 1 },
	  OVLCP_REASON_LOWER_SPARSE,
	  NONE,
	  NONE },
	{ "most of it are holes that stay", { .hole_bytes = 15 * MIB }, NONE, NONE, NONE },
	{ "it has too little data",
	  { .hole_bytes = 15 * MIB + 1 },
	  OVLCP_REASON_LOWER_SMALL,
	  NONE,
	  NONE },
	{ "nothing can leave the work directory",
	  { .pair_cannot_copy_up = true },
	  OVLCP_REASON_LOWER_WORK_DIR,
	  OVLCP_REASON_LOWER_WORK_DIR,
	  OVLCP_REASON_LOWER_WORK_DIR },
};

static void assert_refusal(struct facts f, struct ovlcp_options opt, enum ovlcp_reason refusal)
{
	f.regular = true;
	f.size = MIB16;
	f.destinations = 1;
	assert_string_equal(ovlcp_reason_name(plan_copy_up_refusal(&f, &opt)),
			    ovlcp_reason_name(refusal));
}

static void test_facts(void **state)
{
	const struct fact_case *c = *state;

	assert_refusal(c->f, (struct ovlcp_options){ 0 }, c->by_default);
	assert_refusal(c->f, (struct ovlcp_options){ .copy_up = OVLCP_COPY_UP_ALWAYS }, c->always);
	assert_refusal(c->f, (struct ovlcp_options){ .reflink = OVLCP_REFLINK_ALWAYS },
		       c->must_share);
}

static void check_refusal(const struct copy_up_case *c, bool in_tree)
{
	const struct facts f = {
		.regular = true,
		.size = c->size,
		.in_tree = in_tree,
		.destinations = c->destinations,
		.relation = RELATION_SAME_OVERLAY,
		.dst_clones = ANSWER_YES,
		.copy_up_harm = c->harm,
	};

	assert_string_equal(ovlcp_reason_name(plan_copy_up_refusal(&f, &c->opt)),
			    ovlcp_reason_name(c->refusal));
}

static void test_refusal(void **state)
{
	check_refusal(*state, false);
}

static void test_refusal_in_tree(void **state)
{
	check_refusal(*state, true);
}

/* How many files are copied up at a time. */
struct threads_case {
	const char *name;
	uint32_t jobs;
	unsigned int threads;
};

static const struct threads_case threads_cases[] = {
	{ "threads: one by default, on any machine", 0, 1 },
	{ "threads: one if the caller wants one", 1, 1 },
	{ "threads: as many as the caller wants", 16, 16 },
};

static void test_threads(void **state)
{
	const struct threads_case *c = *state;

	assert_int_equal(plan_copy_up_threads(c->jobs), c->threads);
}

int main(void)
{
	struct CMUnitTest tests[ROWS(copy_up_cases) + ROWS(tree_cases) + ROWS(fact_cases) +
				ROWS(threads_cases)];
	struct CMUnitTest *end = CASES(tests, copy_up_cases, test_refusal);

	end = CASES(end, tree_cases, test_refusal_in_tree);
	end = CASES(end, fact_cases, test_facts);
	CASES(end, threads_cases, test_threads);
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("copyup", tests, NULL, NULL);
}
