/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Texts of errno (base/errno_text.c): those of glibc, with any C library.
 */
#include "cases.h"

#include "base/errno_text.h"

#include <errno.h>
#include <string.h>

static void test_text_of_glibc(void **state)
{
	(void)state;
#ifdef __GLIBC__
	for (int i = -1; i < 200; i++)
		assert_string_equal(errno_text(i), strerror(i));
#else
	skip();
#endif
}

static void test_every_error_has_a_text(void **state)
{
	(void)state;
	for (int i = 1; i <= EHWPOISON; i++) {
		if (i == 41 || i == 58) /* numbers that were never given */
			continue;
		assert_string_not_equal(errno_text(i), strerror(0));
		assert_null(strstr(errno_text(i), "nknown"));
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text_of_glibc),
		cmocka_unit_test(test_every_error_has_a_text),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("errno_text", tests, NULL, NULL);
}
