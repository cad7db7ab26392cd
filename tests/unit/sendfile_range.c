/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a clone shares in place of a sendfile (cmd/run/sendfile_range.c). The source has ten blocks
 * of 4096 bytes and 100 bytes more.
 */
#include "cases.h"

#include "run/sendfile_range.h"

#include <fcntl.h>

#define BLOCK	   4096
#define SIZE	   (10 * BLOCK + 100)
#define HUGE_COUNT (UINT64_C(1) << 40)
#define NO_LIMIT   UINT64_MAX

struct range_case {
	const char *name;
	struct sendfile_request q;
	/* the size of the source; 0: SIZE */
	uint64_t size;
	/* length 0: it cannot be done */
	struct files_range want;
};

static const struct range_case range_cases[] = {
	{ "all of it", { 0, 0, HUGE_COUNT, NO_LIMIT, O_WRONLY }, 0, { 0, 0, SIZE } },
	{ "exactly all of it", { 0, 0, SIZE, SIZE, O_RDWR }, 0, { 0, 0, SIZE } },
	{ "whole blocks", { 0, 0, 2 * BLOCK, NO_LIMIT, 0 }, 0, { 0, 0, 2 * BLOCK } },
	{ "from a block to another one",
	  { BLOCK, 3 * BLOCK, BLOCK, NO_LIMIT, 0 },
	  0,
	  { BLOCK, 3 * BLOCK, BLOCK } },
	{ "the end", { 10 * BLOCK, 0, BLOCK, NO_LIMIT, 0 }, 0, { 10 * BLOCK, 0, 100 } },
	{ "the most that sendfile copies",
	  { 0, 0, HUGE_COUNT, NO_LIMIT, 0 },
	  UINT64_C(1) << 33,
	  { 0, 0, 0x7ffff000 } },
	{ "nothing", { 0, 0, 0, NO_LIMIT, 0 }, 0, { 0 } },
	{ "from the end on", { SIZE, 0, BLOCK, NO_LIMIT, 0 }, 0, { 0 } },
	{ "behind the end", { 20 * BLOCK, 0, BLOCK, NO_LIMIT, 0 }, 0, { 0 } },
	{ "a negative offset", { -BLOCK, 0, BLOCK, NO_LIMIT, 0 }, 0, { 0 } },
	{ "a destination without a position", { 0, -1, BLOCK, NO_LIMIT, 0 }, 0, { 0 } },
	{ "appended", { 0, 0, BLOCK, NO_LIMIT, O_WRONLY | O_APPEND }, 0, { 0 } },
	{ "a part of a block", { 0, 0, 100, NO_LIMIT, 0 }, 0, { 0 } },
	{ "a block and a part", { 0, 0, BLOCK + 1, NO_LIMIT, 0 }, 0, { 0 } },
	{ "from within a block", { 1, 0, HUGE_COUNT, NO_LIMIT, 0 }, 0, { 0 } },
	{ "to within a block", { 0, 1, HUGE_COUNT, NO_LIMIT, 0 }, 0, { 0 } },
	{ "beyond the limit", { 0, 0, HUGE_COUNT, SIZE - 1, 0 }, 0, { 0 } },
	{ "beyond the limit by its place", { 0, BLOCK, HUGE_COUNT, SIZE, 0 }, 0, { 0 } },
};

static void test_range(void **state)
{
	const struct range_case *c = *state;
	const struct files_facts f = { .is_one_overlay = true,
				       .size = c->size ? c->size : SIZE,
				       .block_size = BLOCK };
	struct files_range r = { 0 };

	assert_int_equal(sendfile_range(&f, &c->q, &r), c->want.len > 0);
	assert_int_equal(r.src_off, c->want.src_off);
	assert_int_equal(r.dst_off, c->want.dst_off);
	assert_int_equal(r.len, c->want.len);
}

int main(void)
{
	struct CMUnitTest tests[ROWS(range_cases)];

	CASES(tests, range_cases, test_range);
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("sendfile_range", tests, NULL, NULL);
}
