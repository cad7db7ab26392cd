/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Names of errors (cmd/errname.c), as the C library knows them where it does.
 */
#include "cases.h"

#include "errname.h"

#include <errno.h>
#include <string.h>

static void test_known(void **state)
{
	(void)state;
	assert_string_equal(errname(EXDEV), "EXDEV");
	assert_string_equal(errname(EAGAIN), "EAGAIN");
	assert_string_equal(errname(EOPNOTSUPP), "EOPNOTSUPP");
	assert_string_equal(errname(EDQUOT), "EDQUOT");
}

static void test_unknown(void **state)
{
	(void)state;
	assert_null(errname(0));
	assert_null(errname(-EIO));
	assert_null(errname(41)); /* a number that was never given */
	assert_null(errname(100000));
}

static void test_all(void **state)
{
	(void)state;
#ifdef __GLIBC__
	for (int i = 1; i < 200; i++) {
		const char *name = strerrorname_np(i);

		if (name && strcmp(name, "ENOTSUP") == 0)
			name = "EOPNOTSUPP"; /* one number */
		if (!name)
			assert_null(errname(i));
		else
			assert_string_equal(errname(i) ? errname(i) : "none", name);
	}
#else
	skip();
#endif
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_known),
		cmocka_unit_test(test_unknown),
		cmocka_unit_test(test_all),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("errname", tests, NULL, NULL);
}
