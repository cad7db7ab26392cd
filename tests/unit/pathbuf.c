/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A path that grows and shrinks by names (lib/base/pathbuf.c).
 */
#include "cases.h"

#include "base/pathbuf.h"

#include <limits.h>
#include <string.h>

/* Text, length and room agree. */
static void check(const struct pathbuf *p, const char *text)
{
	assert_string_equal(p->text, text);
	assert_int_equal(p->len, strlen(text));
	assert_true(p->room > p->len);
}

struct push_case {
	const char *name;
	const char *path;
	const char *pushed;
	const char *result;
};

static const struct push_case push_cases[] = {
	{ "push: a slash is added", "dir", "name", "dir/name" },
	{ "push: after a trailing slash", "dir/", "name", "dir/name" },
	{ "push: after several trailing slashes", "dir//", "name", "dir//name" },
	{ "push: below the root", "/", "name", "/name" },
	{ "push: to the empty path", "", "name", "name" },
	{ "push: the empty name", "dir", "", "dir/" },
	{ "push: bytes that are not UTF-8", "\376", "\377", "\376/\377" },
};

static void test_push(void **state)
{
	const struct push_case *c = *state;
	struct pathbuf p = { 0 };

	assert_int_equal(pathbuf_set(&p, c->path), 0);
	assert_int_equal(pathbuf_push(&p, c->pushed), 0);
	check(&p, c->result);
	pathbuf_done(&p);
}

struct trim_case {
	const char *name;
	const char *path;
	const char *result;
};

static const struct trim_case trim_cases[] = {
	{ "trim: many slashes become one", "dir///", "dir/" },
	{ "trim: two become one", "dir//", "dir/" },
	{ "trim: one is kept", "dir/", "dir/" },
	{ "trim: none is added", "dir", "dir" },
	{ "trim: the root is kept", "/", "/" },
	{ "trim: many roots are one", "///", "/" },
	{ "trim: slashes inside are kept", "a//b", "a//b" },
	{ "trim: the empty path", "", "" },
};

static void test_trim(void **state)
{
	const struct trim_case *c = *state;
	struct pathbuf p = { 0 };

	assert_int_equal(pathbuf_set(&p, c->path), 0);
	pathbuf_trim(&p);
	check(&p, c->result);
	pathbuf_done(&p);
}

static void test_down_and_up(void **state)
{
	struct pathbuf p = { 0 };

	(void)state;
	assert_int_equal(pathbuf_set(&p, "top"), 0);
	assert_int_equal(pathbuf_push(&p, "a"), 0);
	assert_int_equal(pathbuf_push(&p, "long name"), 0);
	check(&p, "top/a/long name");
	pathbuf_cut(&p, strlen("top/a"));
	check(&p, "top/a");
	assert_int_equal(pathbuf_push(&p, "b"), 0);
	check(&p, "top/a/b");
	pathbuf_cut(&p, strlen("top"));
	check(&p, "top");
	pathbuf_cut(&p, 0);
	check(&p, "");
	pathbuf_done(&p);
}

static void test_set_again(void **state)
{
	struct pathbuf p = { 0 };

	(void)state;
	assert_int_equal(pathbuf_set(&p, "a long path"), 0);
	assert_int_equal(pathbuf_set(&p, "short"), 0);
	check(&p, "short");
	assert_int_equal(pathbuf_set(&p, ""), 0);
	check(&p, "");
	pathbuf_done(&p);
}

/* The path has its own copy of the text. */
static void test_text_is_copied(void **state)
{
	struct pathbuf p = { 0 };
	char text[] = "path";

	(void)state;
	assert_int_equal(pathbuf_set(&p, text), 0);
	text[0] = 'b';
	check(&p, "path");
	pathbuf_done(&p);
}

static void test_push_to_all_zero(void **state)
{
	struct pathbuf p = { 0 };

	(void)state;
	assert_int_equal(pathbuf_push(&p, "name"), 0);
	check(&p, "name");
	pathbuf_done(&p);
}

/* There is room for the NUL byte at each length, also where more has to be allocated. */
static void test_every_length(void **state)
{
	enum {
		MOST = 2100
	};
	char text[MOST + 1];
	struct pathbuf p = { 0 };

	(void)state;
	memset(text, 'x', MOST);
	for (size_t len = 0; len <= MOST; len++) {
		text[len] = '\0';
		assert_int_equal(pathbuf_set(&p, text), 0);
		check(&p, text);
		if (len % 2)
			pathbuf_done(&p);
		text[len] = 'x';
	}
	pathbuf_done(&p);
}

static void test_longer_than_path_max(void **state)
{
	struct pathbuf p = { 0 };

	(void)state;
	assert_int_equal(pathbuf_set(&p, "top"), 0);
	while (p.len < 10L * PATH_MAX) {
		size_t len = p.len;

		assert_int_equal(pathbuf_push(&p, "0123456789"), 0);
		assert_int_equal(p.len, len + 11);
		assert_string_equal(p.text + len, "/0123456789");
	}
	assert_int_equal(strlen(p.text), p.len);
	pathbuf_cut(&p, strlen("top/0123456789"));
	check(&p, "top/0123456789");
	pathbuf_done(&p);
}

static void test_done_is_empty(void **state)
{
	struct pathbuf p = { 0 };

	(void)state;
	pathbuf_done(&p);
	assert_int_equal(pathbuf_set(&p, "path"), 0);
	pathbuf_done(&p);
	assert_null(p.text);
	assert_int_equal(p.len, 0);
	assert_int_equal(p.room, 0);
	assert_int_equal(pathbuf_push(&p, "again"), 0);
	check(&p, "again");
	pathbuf_done(&p);
}

static const struct CMUnitTest rest[] = {
	cmocka_unit_test(test_down_and_up),    cmocka_unit_test(test_set_again),
	cmocka_unit_test(test_text_is_copied), cmocka_unit_test(test_push_to_all_zero),
	cmocka_unit_test(test_every_length),   cmocka_unit_test(test_longer_than_path_max),
	cmocka_unit_test(test_done_is_empty),
};

int main(void)
{
	struct CMUnitTest tests[ROWS(push_cases) + ROWS(trim_cases) + ROWS(rest)];
	struct CMUnitTest *end = tests;

	end = CASES(end, push_cases, test_push);
	end = CASES(end, trim_cases, test_trim);
	memcpy(end, rest, sizeof(rest));
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("pathbuf", tests, NULL, NULL);
}
