/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The words for the enums of ovlcp.h (lib/api/strings.c): one for each value, none twice.
 */
#include "cases.h"

#include "ovlcp.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

static const char *op_word(unsigned int i)
{
	return ovlcp_op_name((enum ovlcp_op)i);
}

static const char *method_word(unsigned int i)
{
	return ovlcp_method_name((enum ovlcp_method)i);
}

static const char *reason_word(unsigned int i)
{
	return ovlcp_reason_name((enum ovlcp_reason)i);
}

static const char *layer_word(unsigned int i)
{
	return ovlcp_layer_name((enum ovlcp_layer)i);
}

static const char *role_word(unsigned int i)
{
	return ovlcp_role_name((enum ovlcp_role)i);
}

struct list {
	const char *name;
	const char *(*word)(unsigned int i);
	unsigned int count;
};

static const struct list words[] = {
	{ "each operation has a word", op_word, OVLCP_OP_COUNT },
	{ "each method has a word", method_word, OVLCP_METHOD_COUNT },
	{ "each reason has a word", reason_word, OVLCP_REASON_COUNT },
	{ "each layer has a word", layer_word, OVLCP_LAYER_COUNT },
	{ "each role has a word", role_word, OVLCP_ROLE_COUNT },
};

static const struct list distinct[] = {
	{ "no operation has another's word", op_word, OVLCP_OP_COUNT },
	{ "no method has another's word", method_word, OVLCP_METHOD_COUNT },
	{ "no reason has another's word", reason_word, OVLCP_REASON_COUNT },
	{ "no layer has another's word", layer_word, OVLCP_LAYER_COUNT },
	{ "no role has another's word", role_word, OVLCP_ROLE_COUNT },
};

static const struct list unknown[] = {
	{ "an operation of the future is unknown", op_word, OVLCP_OP_COUNT },
	{ "a method of the future is unknown", method_word, OVLCP_METHOD_COUNT },
	{ "a reason of the future is unknown", reason_word, OVLCP_REASON_COUNT },
	{ "a layer of the future is unknown", layer_word, OVLCP_LAYER_COUNT },
	{ "a role of the future is unknown", role_word, OVLCP_ROLE_COUNT },
};

static void test_words(void **state)
{
	const struct list *l = *state;

	for (unsigned int i = 0; i < l->count; i++) {
		const char *word = l->word(i);

		assert_non_null(word);
		assert_string_not_equal(word, "unknown");
		/* stable words for scripts: lower case and dashes */
		assert_true(*word);
		assert_int_equal(strspn(word, "abcdefghijklmnopqrstuvwxyz-"), strlen(word));
	}
}

static void test_distinct(void **state)
{
	const struct list *l = *state;

	for (unsigned int i = 0; i < l->count; i++)
		for (unsigned int k = 0; k < i; k++)
			assert_string_not_equal(l->word(i), l->word(k));
}

static void test_unknown(void **state)
{
	const struct list *l = *state;

	assert_string_equal(l->word(l->count), "unknown");
	assert_string_equal(l->word(l->count + 1000), "unknown");
	assert_string_equal(l->word(INT_MAX), "unknown");
	assert_string_equal(l->word((unsigned int)-1), "unknown");
}

/* The version of the package, of which configure was told, is that of the header. */
static void test_version(void **state)
{
	char text[64];

	(void)state;
	snprintf(text, sizeof(text), "%d.%d.%d", OVLCP_VERSION_MAJOR, OVLCP_VERSION_MINOR,
		 OVLCP_VERSION_PATCH);
	assert_string_equal(text, PACKAGE_VERSION);
	assert_string_equal(ovlcp_version(), text);
}

#if OVLCP_VERSION < OVLCP_VERSION_NUMBER(0, 1, 0) ||                                               \
	OVLCP_VERSION >= OVLCP_VERSION_NUMBER(OVLCP_VERSION_MAJOR, OVLCP_VERSION_MINOR + 1, 0)
#error "the preprocessor cannot compare versions"
#endif

int main(void)
{
	struct CMUnitTest tests[ROWS(words) + ROWS(distinct) + ROWS(unknown) + 1];
	struct CMUnitTest *end = tests;

	end = CASES(end, words, test_words);
	end = CASES(end, distinct, test_distinct);
	end = CASES(end, unknown, test_unknown);
	*end = (struct CMUnitTest)cmocka_unit_test(test_version);
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("strings", tests, NULL, NULL);
}
