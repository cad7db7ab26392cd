/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Texts of errno (base/errno_text.c): those of glibc, with any C library.
 */
#include "cases.h"

#include <errno.h>
#include <string.h>

/* A C library that knows no error but ENOENT, as musl knows only some. */
static const char *poor_strerror(int error)
{
	return error == ENOENT ? "There is no such file" : "No error information";
}

#define strerror poor_strerror
#include "base/errno_text.c"
#undef strerror

static void test_text_of_the_c_library(void **state)
{
	(void)state;
	assert_string_equal(errno_text(ENOENT), "There is no such file");
	assert_string_equal(errno_text(0), "No error information");
	assert_string_equal(errno_text(41), "No error information"); /* was never given */
}

static void test_text_of_the_table(void **state)
{
	int rows = 0;

	(void)state;
	for (int i = 1; i <= EHWPOISON; i++) {
		if (i == ENOENT || strcmp(errno_text(i), poor_strerror(0)) == 0)
			continue;
		rows++;
#ifdef __GLIBC__
		assert_string_equal(errno_text(i), strerror(i));
#endif
	}
	assert_in_range(rows, 39, EHWPOISON);
	assert_string_equal(errno_text(EUCLEAN), "Structure needs cleaning");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text_of_the_c_library),
		cmocka_unit_test(test_text_of_the_table),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("errno_text", tests, NULL, NULL);
}
