/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What an errno means for the next step (lib/plan/errclass.c).
 */
#include "cases.h"

#include "plan/errclass.h"

#include <errno.h>

struct error_case {
	const char *name;
	int error;
	enum plan_class class;
	enum plan_class copy_up; /* for PLAN_COPY_UP */
};

static const struct error_case error_cases[] = {
	{ "no error is success", 0, CLASS_DONE, CLASS_DONE },
	{ "EIO stops everything", EIO, CLASS_TERMINAL, CLASS_TERMINAL },
	{ "ENOMEM stops everything but a copy-up", ENOMEM, CLASS_TERMINAL, CLASS_UNSUITABLE },
	{ "ECANCELED stops everything", ECANCELED, CLASS_TERMINAL, CLASS_TERMINAL },
	{ "ENOSPC stops a copy, but not because of a copy-up", ENOSPC, CLASS_TERMINAL,
	  CLASS_UNSUITABLE },
	{ "EDQUOT stops a copy, but not because of a copy-up", EDQUOT, CLASS_TERMINAL,
	  CLASS_UNSUITABLE },
	{ "EOPNOTSUPP is remembered, but not from a copy-up", EOPNOTSUPP, CLASS_UNSUPPORTED,
	  CLASS_UNSUITABLE },
	{ "ENOTTY is remembered, but not from a copy-up", ENOTTY, CLASS_UNSUPPORTED,
	  CLASS_UNSUITABLE },
	{ "ENOSYS is remembered, but not from a copy-up", ENOSYS, CLASS_UNSUPPORTED,
	  CLASS_UNSUITABLE },
	{ "EXDEV may be a matter of layers, but not for a copy-up", EXDEV, CLASS_CROSS_DEVICE,
	  CLASS_UNSUITABLE },
	{ "EINVAL leads to the next method", EINVAL, CLASS_UNSUITABLE, CLASS_UNSUITABLE },
	{ "EPERM leads to the next method", EPERM, CLASS_UNSUITABLE, CLASS_UNSUITABLE },
	{ "EACCES leads to the next method", EACCES, CLASS_UNSUITABLE, CLASS_UNSUITABLE },
	{ "ETXTBSY leads to the next method", ETXTBSY, CLASS_UNSUITABLE, CLASS_UNSUITABLE },
	{ "EROFS leads to the next method", EROFS, CLASS_UNSUITABLE, CLASS_UNSUITABLE },
	{ "EBADF leads to the next method", EBADF, CLASS_UNSUITABLE, CLASS_UNSUITABLE },
	{ "an unknown errno leads to the next method", 4000, CLASS_UNSUITABLE, CLASS_UNSUITABLE },
};

static void test_error(void **state)
{
	const struct error_case *c = *state;

	for (int m = 0; m < PLAN_METHODS; m++)
		assert_int_equal(plan_classify((enum plan_method)m, c->error),
				 m == PLAN_COPY_UP ? c->copy_up : c->class);
}

int main(void)
{
	struct CMUnitTest tests[ROWS(error_cases)];

	CASES(tests, error_cases, test_error);
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("errclass", tests, NULL, NULL);
}
