/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * JSON as it is printed (cmd/json.c), with the real library.
 */
#include "cases.h"

#include "json.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static int open_json(void **state)
{
	return json_open((struct json **)state);
}

static int close_json(void **state)
{
	json_close(*state);
	return 0;
}

/* @value is printed as the line @text. */
static void assert_prints(struct json *j, struct json_t *value, const char *text)
{
	char *line = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&line, &len);

	assert_non_null(out);
	assert_int_equal(json_print(j, value, out), 0);
	assert_int_equal(fclose(out), 0);
	assert_string_equal(line, text);
	free(line);
}

static void test_values(void **state)
{
	struct json *j = *state;
	struct json_t *object = json_new_object(j);
	struct json_t *array = json_new_array(j);
	struct json_t *item = json_new_object(j);

	json_put_text(j, object, "z", "text");
	json_put_bool(j, object, "yes", true);
	json_put_bool(j, object, "no", false);
	json_put_null(j, object, "a");
	json_put_text(j, item, "item", "text");
	json_append(j, array, item);
	json_append(j, array, json_new_object(j));
	json_put(j, object, "list", array);
	assert_prints(j, object,
		      "{\"z\":\"text\",\"yes\":true,\"no\":false,\"a\":null,"
		      "\"list\":[{\"item\":\"text\"},{}]}\n");
}

static void test_numbers(void **state)
{
	struct json *j = *state;
	struct json_t *object = json_new_object(j);

	json_put_number(j, object, "a", 0);
	json_put_number(j, object, "b", (1ull << 53) + 1); /* no double */
	json_put_number(j, object, "c", INT64_MAX);
	json_put_number(j, object, "d", UINT64_MAX);
	assert_prints(j, object,
		      "{\"a\":0,\"b\":9007199254740993,\"c\":9223372036854775807,"
		      "\"d\":9223372036854775807}\n");
}

struct name_case {
	const char *name;
	const char *bytes;
	const char *text;
};

static const struct name_case name_cases[] = {
	{ "a name", "a b", "{\"path\":\"a b\"}\n" },
	{ "an empty name", "", "{\"path\":\"\"}\n" },
	{ "quotes and backslashes", "\"\\", "{\"path\":\"\\\"\\\\\"}\n" },
	{ "control characters", "\001\n\033", "{\"path\":\"\\u0001\\n\\u001B\"}\n" },
	{ "two bytes of UTF-8", "\303\251", "{\"path\":\"\\u00E9\"}\n" },
	{ "four bytes of UTF-8", "\360\237\230\200", "{\"path\":\"\\uD83D\\uDE00\"}\n" },
	{ "a byte that is no UTF-8", "a\200", "{\"path_b64\":\"YYA=\"}\n" },
	{ "a character that ends too early", "\303", "{\"path_b64\":\"ww==\"}\n" },
	{ "an overlong slash", "\300\257", "{\"path_b64\":\"wK8=\"}\n" },
	{ "half of a pair", "\355\240\200", "{\"path_b64\":\"7aCA\"}\n" },
};

static void test_name(void **state)
{
	const struct name_case *c = *state;
	struct json *j = NULL;
	struct json_t *object;
	char text[256];

	assert_int_equal(json_open(&j), 0);
	object = json_new_object(j);
	json_put_name(j, object, "name", c->bytes);
	/* the text of the object ends with a newline */
	(void)snprintf(text, sizeof(text), "{\"name\":%.*s}\n", (int)strlen(c->text) - 1, c->text);
	assert_prints(j, object, text);
	json_close(j);
}

static void test_incomplete(void **state)
{
	struct json *j = *state;
	struct json_t *object = json_new_object(j);

	/* no UTF-8: as if memory had been short */
	json_put_text(j, object, "a", "\377");
	json_put_text(j, object, "b", "text");
	assert_int_equal(json_print(j, object, stderr), -ENOMEM);
	/* the next document begins anew */
	assert_prints(j, json_new_array(j), "[]\n");
}

static void test_full(void **state)
{
	struct json *j = *state;
	FILE *out = fopen("/dev/full", "we");

	assert_non_null(out);
	setvbuf(out, NULL, _IONBF, 0);
	assert_int_equal(json_print(j, json_new_array(j), out), -ENOSPC);
	(void)fclose(out); /* nothing is left to be written */
}

int main(void)
{
	static const struct CMUnitTest others[] = {
		cmocka_unit_test_setup_teardown(test_values, open_json, close_json),
		cmocka_unit_test_setup_teardown(test_numbers, open_json, close_json),
		cmocka_unit_test_setup_teardown(test_incomplete, open_json, close_json),
		cmocka_unit_test_setup_teardown(test_full, open_json, close_json),
	};
	struct CMUnitTest tests[ROWS(others) + ROWS(name_cases)];

	memcpy(tests, others, sizeof(others));
	CASES(tests + ROWS(others), name_cases, test_name);
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
