/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Tables as tests: each row of a table becomes a test of its own, reported by its name.
 *
 * The first member of a row is its name. This header brings cmocka along, which wants four
 * others before it.
 */
#ifndef OVL_TESTS_UNIT_CASES_H
#define OVL_TESTS_UNIT_CASES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/** Number of rows of a table. */
#define ROWS(table) (sizeof(table) / sizeof(*(table)))

/** Append a test for each row of @table at @end; @run finds the row in *state. The new end. */
#define CASES(end, table, run) cases_append(end, table, ROWS(table), sizeof(*(table)), run)

/** The function behind CASES. @rows: @n rows of @size bytes; borrowed, and kept. */
static inline struct CMUnitTest *cases_append(struct CMUnitTest *end, const void *rows, size_t n,
					      size_t size, CMUnitTestFunction run)
{
	for (size_t i = 0; i < n; i++) {
		const void *row = (const char *)rows + i * size;

		*end++ = (struct CMUnitTest){
			.name = *(const char *const *)row,
			.test_func = run,
			.initial_state = (void *)(uintptr_t)row, /* cmocka knows no const */
		};
	}
	return end;
}

#endif
