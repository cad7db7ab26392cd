/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The line of --progress (cmd/progress.c): what is known, in the order of its use, in any width.
 */
#include "cases.h"

#include "progress.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#define MIB    (UINT64_C(1) << 20)
#define GIB    (UINT64_C(1) << 30)
#define SECOND UINT64_C(1000000000)

struct line_case {
	const char *name;
	struct progress_state state;
	size_t width;
	const char *line;
};

/* A fan-out to 4 destinations, of which the first one is complete. */
#define FAN_OUT                                                                                    \
	{                                                                                          \
		.bytes = { .bytes_done = 5 * GIB,                                                  \
			   .bytes_written = 4 * GIB,                                               \
			   .bytes_shared = GIB,                                                    \
			   .step = OVLCP_STEP_COPY,                                                \
			   .step_done = GIB,                                                       \
			   .step_size = 4 * GIB },                                                 \
		.time_ns = 10 * SECOND, .files = 1, .files_total = 4, .bytes_total = 16 * GIB,     \
		.rate = 512 * MIB, .name = "'pool/image-4'"                                        \
	}

#define ALL                                                                                        \
	"5.0 GiB of 16.0 GiB (31%), 25% of this file, 1 of 4 files, 512.0 MiB/s, 22 s left, "      \
	"1.0 GiB shared, 4.0 GiB written"

/* A tree, whose total is not known. */
#define TREE(...)                                                                                  \
	{                                                                                          \
		.bytes = { .bytes_done = 3 * MIB, .bytes_written = 3 * MIB, __VA_ARGS__ },         \
		.time_ns = 2 * SECOND, .files = 700                                                \
	}

static const struct line_case line_cases[] = {
	{ "everything in a wide line", FAN_OUT, 160, ALL ", 'pool/image-4'" },
	{ "everything, and just enough room", FAN_OUT, 130, ALL ", 'pool/image-4'" },
	{ "one column less shortens the name", FAN_OUT, 129, ALL ", ...l/image-4'" },
	{ "a name of a few columns is left out", FAN_OUT, 125, ALL },
	{ "what is shared is left out next", FAN_OUT, 96,
	  "5.0 GiB of 16.0 GiB (31%), 25% of this file, 1 of 4 files, 512.0 MiB/s, 22 s left, "
	  "...l/image-4'" },
	{ "then the number of files", FAN_OUT, 80,
	  "5.0 GiB of 16.0 GiB (31%), 25% of this file, 512.0 MiB/s, 22 s left, "
	  "...image-4'" },
	{ "then the rate", FAN_OUT, 60, "5.0 GiB of 16.0 GiB (31%), 25% of this file, 22 s left" },
	{ "then the time left", FAN_OUT, 44, "5.0 GiB of 16.0 GiB (31%), 25% of this file" },
	{ "then the file", FAN_OUT, 40, "5.0 GiB of 16.0 GiB (31%), ...l/image-4'" },
	{ "the amount is cut off", FAN_OUT, 10, "5.0 GiB of" },
	{ "one column", FAN_OUT, 1, "5" },
	{ "no column", FAN_OUT, 0, "" },

	{ "a tree has no percentage and no time left", TREE(), 80,
	  "3.0 MiB so far, 700 files, 0 bytes shared, 3.0 MiB written" },
	{ "a big file in a tree has a percentage",
	  TREE(.step = OVLCP_STEP_COPY, .step_done = GIB, .step_size = 4 * GIB), 80,
	  "3.0 MiB so far, 25% of this file, 700 files, 0 bytes shared, 3.0 MiB written" },
	{ "a stream has none", TREE(.step = OVLCP_STEP_COPY, .step_done = GIB), 80,
	  "3.0 MiB so far, 700 files, 0 bytes shared, 3.0 MiB written" },
	{ "a copy-up has the size of the source and a time",
	  TREE(.step = OVLCP_STEP_COPY_UP, .step_size = 1288490189, .step_time_ns = 3 * SECOND), 80,
	  "3.0 MiB so far, copying up 1.2 GiB (3 s), 700 files" },
	{ "what copy-ups have written is told", TREE(.bytes_copied_up = GIB), 80,
	  "3.0 MiB so far, 700 files, 0 bytes shared, 3.0 MiB written, 1.0 GiB copied up" },
	{ "a comparison", TREE(.step = OVLCP_STEP_VERIFY, .step_size = GIB), 60,
	  "3.0 MiB so far, comparing 1.0 GiB (0 s), 700 files" },
	{ "stable storage has no size", TREE(.step = OVLCP_STEP_SYNC, .step_time_ns = 125 * SECOND),
	  70, "3.0 MiB so far, writing to stable storage (2 min 5 s), 700 files" },
	{ "a step of a later library is passed over",
	  TREE(.step = OVLCP_STEP_COUNT, .step_done = 1, .step_size = 2), 60,
	  "3.0 MiB so far, 50% of this file, 700 files" },

	{ "one file needs no number of files",
	  { .bytes = { .bytes_done = MIB,
		       .bytes_written = MIB,
		       .step = OVLCP_STEP_COPY,
		       .step_done = MIB,
		       .step_size = 2 * MIB },
	    .files_total = 1,
	    .bytes_total = 2 * MIB,
	    .rate = 100 },
	  90,
	  "1.0 MiB of 2.0 MiB (50%), 100 bytes/s, 2 h 54 min left, 0 bytes shared, 1.0 MiB "
	  "written" },
	{ "a file that has grown is at 100%",
	  { .bytes = { .bytes_done = 3 * MIB }, .files_total = 1, .bytes_total = 2 * MIB },
	  40,
	  "3.0 MiB of 2.0 MiB (100%)" },
	{ "99.9% is not 100%",
	  { .bytes = { .bytes_done = 9999 }, .files_total = 1, .bytes_total = 10000 },
	  30,
	  "9.8 KiB of 9.8 KiB (99%)" },
	{ "the first file of a tree", { .files = 1 }, 30, "0 bytes so far, 1 file" },

	{ "a wide name as it is",
	  { .files = 2, .name = "'漢字漢字'" },
	  40,
	  "0 bytes so far, 2 files, '漢字漢字'" },
	{ "a wide name loses whole characters",
	  { .files = 2, .name = "'漢字漢字漢字漢字'" },
	  38,
	  "0 bytes so far, 2 files, ...漢字漢字'" },
	{ "combining characters go with theirs",
	  { .files = 2, .name = "'aaaaaaae\u0301bcdefg'" },
	  35,
	  "0 bytes so far, 2 files, ...bcdefg'" },
	{ "they have no width",
	  { .files = 2, .name = "'e\u0301e\u0301e\u0301e\u0301e\u0301aaaa'" },
	  36,
	  "0 bytes so far, 2 files, 'e\u0301e\u0301e\u0301e\u0301e\u0301aaaa'" },
};

static size_t columns(const char *text)
{
	wchar_t wide[PROGRESS_LINE_MAX];
	size_t n = mbstowcs(wide, text, PROGRESS_LINE_MAX);

	assert_true(n < PROGRESS_LINE_MAX);
	return (size_t)wcswidth(wide, n);
}

static void test_line(void **state)
{
	const struct line_case *c = *state;
	char buffer[PROGRESS_LINE_MAX];
	struct text t = text_begin(buffer, sizeof(buffer));

	text_add(&t, "\r"); /* what is there already does not count */
	progress_line(&t, &c->state, c->width);
	assert_string_equal(buffer + 1, c->line);
}

/* No line is wider than it may be, whatever is left out. */
static void test_every_width(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS(line_cases); i++)
		for (size_t width = 0; width < 200; width++) {
			char buffer[PROGRESS_LINE_MAX];
			struct text t = text_begin(buffer, sizeof(buffer));

			progress_line(&t, &line_cases[i].state, width);
			assert_true(columns(buffer) <= width);
		}
}

/* A buffer that is too small cuts the text off. */
static void test_every_buffer(void **state)
{
	(void)state;
	for (size_t size = 1; size < 200; size++) {
		char buffer[200];
		struct text t = text_begin(buffer, size);

		progress_line(&t, &line_cases[0].state, PROGRESS_ANY_WIDTH);
		assert_true(strlen(buffer) < size);
		assert_memory_equal(buffer, ALL, strlen(buffer) < 100 ? strlen(buffer) : 100);
	}
}

static void test_status(void **state)
{
	char buffer[PROGRESS_LINE_MAX];
	struct text t = text_begin(buffer, sizeof(buffer));

	(void)state;
	progress_status(&t, &line_cases[0].state);
	assert_string_equal(buffer, "5.0 GiB of 16.0 GiB (31%), 25% of this file, 1 of 4 files, "
				    "after 10 s, 512.0 MiB/s, 22 s left, 1.0 GiB shared, 4.0 GiB "
				    "written");
}

static int set_locale(void **state)
{
	(void)state;
	return setlocale(LC_ALL, "C.UTF-8") ? 0 : -1;
}

int main(void)
{
	struct CMUnitTest tests[ROWS(line_cases) + 3];
	struct CMUnitTest *end = CASES(tests, line_cases, test_line);
	const struct CMUnitTest others[] = {
		cmocka_unit_test(test_every_width),
		cmocka_unit_test(test_every_buffer),
		cmocka_unit_test(test_status),
	};

	memcpy(end, others, sizeof(others));
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("progress", tests, set_locale, NULL);
}
