/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a deduplication does with each part of a file, by the extents of both
 * (lib/dedupe/parts.c): one row for each pair of lists.
 */
#include "cases.h"

#include "dedupe/parts.h"

#include <stdio.h>
#include <string.h>

/* Extents of a row; one of length 0 ends them. */
#define EXTENTS_MAX 4

struct parts_case {
	const char *name;
	struct sys_extent src[EXTENTS_MAX];
	struct sys_extent dst[EXTENTS_MAX];
	/* The parts: "begin-end" and S (shared), N (no blocks) or B (blocks). */
	const char *parts;
};

/* Blocks at @at, on the device at @place, both in units of 100; @n of them. */
#define AT(at, place, n)                                                                           \
	{                                                                                          \
		(at) * 100, (place)*100, (n)*100, true, true, false, true                          \
	}
#define UNKNOWN(at, n)                                                                             \
	{                                                                                          \
		(at) * 100, 0, (n)*100, false, false, false, true                                  \
	}
#define ENCODED(at, p, n)                                                                          \
	{                                                                                          \
		(at) * 100, (p)*100, (n)*100, true, true, true, true                               \
	}
#define RESERVED(at, n)                                                                            \
	{                                                                                          \
		(at) * 100, 7000, (n)*100, false, true, false, false                               \
	}
#define INLINED(at, n)                                                                             \
	{                                                                                          \
		(at) * 100, 0, (n)*100, false, false, false, false                                 \
	}

/* All files have 1000 bytes. */
static const struct parts_case parts_cases[] = {
	{ "parts: the same extents", { AT(0, 50, 10) }, { AT(0, 50, 10) }, "0-1000S" },
	{ "parts: the same blocks in extents that are cut elsewhere",
	  { AT(0, 50, 3), AT(3, 53, 7) },
	  { AT(0, 50, 6), AT(6, 56, 4) },
	  "0-1000S" },
	{ "parts: other blocks", { AT(0, 50, 10) }, { AT(0, 70, 10) }, "0-1000B" },
	{ "parts: a piece is shared",
	  { AT(0, 50, 10) },
	  { AT(0, 50, 4), AT(4, 80, 6) },
	  "0-400S 400-1000B" },
	{ "parts: a piece in the middle is not",
	  { AT(0, 50, 10) },
	  { AT(0, 50, 4), AT(4, 80, 2), AT(6, 56, 4) },
	  "0-400S 400-600B 600-1000S" },
	{ "parts: shifted by a block", { AT(0, 50, 10) }, { AT(0, 51, 10) }, "0-1000B" },
	{ "parts: a hole of the destination",
	  { AT(0, 50, 10) },
	  { AT(0, 50, 4), AT(6, 56, 4) },
	  "0-400S 400-600N 600-1000S" },
	{ "parts: a hole of the source",
	  { AT(0, 50, 4), AT(6, 56, 4) },
	  { AT(0, 50, 10) },
	  "0-400S 400-600B 600-1000S" },
	{ "parts: holes of both", { AT(8, 50, 2) }, { AT(8, 60, 2) }, "0-800N 800-1000B" },
	{ "parts: the destination is a hole", { AT(0, 50, 10) }, { { 0 } }, "0-1000N" },
	{ "parts: the source is a hole", { { 0 } }, { AT(0, 50, 10) }, "0-1000B" },
	{ "parts: both are holes", { { 0 } }, { { 0 } }, "0-1000N" },
	{ "parts: reserved blocks of the destination",
	  { AT(0, 50, 10) },
	  { RESERVED(0, 5), AT(5, 55, 5) },
	  "0-500N 500-1000S" },
	{ "parts: reserved blocks of the source, at the same place",
	  { RESERVED(0, 10) },
	  { AT(0, 70, 10) },
	  "0-1000B" },
	{ "parts: the destination is in metadata",
	  { AT(0, 50, 10) },
	  { INLINED(0, 10) },
	  "0-1000N" },
	{ "parts: unknown places of both", { UNKNOWN(0, 10) }, { UNKNOWN(0, 10) }, "0-1000B" },
	{ "parts: an unknown place of the source",
	  { UNKNOWN(0, 10) },
	  { AT(0, 0, 10) },
	  "0-1000B" },
	{ "parts: compressed, at one place",
	  { ENCODED(0, 50, 10) },
	  { ENCODED(0, 50, 10) },
	  "0-1000B" },
};

static struct extent_list list_of(const struct sys_extent *extents)
{
	struct extent_list l = { .list = (struct sys_extent *)(uintptr_t)extents };

	while (l.count < EXTENTS_MAX && extents[l.count].length > 0)
		l.count++;
	return l;
}

static void test_parts(void **state)
{
	const struct parts_case *c = *state;
	const struct extent_list src = list_of(c->src);
	const struct extent_list dst = list_of(c->dst);
	struct parts p = { .src = &src, .dst = &dst, .size = 1000 };
	char text[200] = "";
	struct exec_part part;
	enum part_kind kind;

	while (parts_next(&p, &part, &kind)) {
		const size_t len = strlen(text);

		(void)snprintf(text + len, sizeof(text) - len, "%s%d-%d%c", len ? " " : "",
			       (int)part.begin, (int)part.end, "SNB"[kind]);
	}
	assert_string_equal(text, c->parts);
}

int main(void)
{
	struct CMUnitTest tests[ROWS(parts_cases)];

	(void)CASES(tests, parts_cases, test_parts);
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("parts", tests, NULL, NULL);
}
