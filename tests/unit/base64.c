/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Bytes as letters (cmd/base64.c): the vectors of RFC 4648, section 10, and bytes beyond ASCII.
 */
#include "cases.h"

#include "base64.h"

#include <stdlib.h>

struct base64_case {
	const char *name;
	const char *bytes;
	const char *letters;
};

static const struct base64_case base64_cases[] = {
	{ "nothing", "", "" },
	{ "one byte", "f", "Zg==" },
	{ "two bytes", "fo", "Zm8=" },
	{ "three bytes", "foo", "Zm9v" },
	{ "four bytes", "foob", "Zm9vYg==" },
	{ "five bytes", "fooba", "Zm9vYmE=" },
	{ "six bytes", "foobar", "Zm9vYmFy" },
	{ "bytes with all bits", "\377\377\377", "////" },
	{ "both letters that are none", "\373\377", "+/8=" },
	{ "a byte that is no text in a name", "a\200", "YYA=" },
};

static void test_base64(void **state)
{
	const struct base64_case *c = *state;
	char *text = base64(c->bytes);

	assert_non_null(text);
	assert_string_equal(text, c->letters);
	free(text);
}

int main(void)
{
	struct CMUnitTest tests[ROWS(base64_cases)];

	CASES(tests, base64_cases, test_base64);
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("base64", tests, NULL, NULL);
}
