/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Paths as text (lib/base/path.c).
 */
#include "cases.h"

#include "base/path.h"

#include <stdlib.h>

struct split_case {
	const char *path;
	struct path_parts parts;
};

static const struct split_case split_cases[] = {
	{ "name", { 0, 4, false } },  { "dir/name", { 4, 4, false } },
	{ "a/b/c", { 4, 1, false } }, { "a/b/c//", { 4, 1, true } },
	{ "/name", { 1, 4, false } }, { "//name", { 2, 4, false } },
	{ "/name/", { 1, 4, true } }, { "dir//name", { 5, 4, false } },
	{ "name/", { 0, 4, true } },  { ".", { 0, 1, false } },
	{ "..", { 0, 2, false } },    { "../name", { 3, 4, false } },
	{ "dir/.", { 4, 1, false } }, { "dir/./", { 4, 1, true } },
	{ " / ", { 2, 1, false } },   { "a\nb/\377", { 4, 1, false } },
	{ "a\\/b", { 3, 1, false } }, { "-/--", { 2, 2, false } },
};

static void test_split(void **state)
{
	const struct split_case *c = *state;
	struct path_parts parts = path_split(c->path);

	assert_int_equal(parts.dir_len, c->parts.dir_len);
	assert_int_equal(parts.name_len, c->parts.name_len);
	assert_int_equal(parts.must_be_dir, c->parts.must_be_dir);
}

static void test_no_name(void **state)
{
	static const char *const paths[] = { "", "/", "//", "///" };

	(void)state;
	for (size_t i = 0; i < ROWS(paths); i++) {
		assert_int_equal(path_split(paths[i]).name_len, 0);
		assert_false(path_split(paths[i]).must_be_dir);
	}
}

struct join_case {
	const char *joined;
	const char *dir;
	const char *path;
};

static const struct join_case join_cases[] = {
	{ "dir/name", "dir", "name" },
	{ "dir/name", "dir/", "name" },
	{ "dir/name", "dir//", "name" },
	{ "dir/name", "dir", "a/b/name" },
	{ "dir/name", "dir", "/name" },
	{ "dir/name", "dir", "name//" },
	{ "/name", "/", "a/name" },
	{ "name", "", "a/name" },
	{ "./name", ".", "name" },
	{ "../a b", "..", "../a b" },
	/* what is in them goes into the directory itself */
	{ "dir/.", "dir", "a/.." },
	{ "dir/.", "dir", "/" },
	{ "dir/.", "dir", "." },
	{ "dir/.", "dir", "a/./" },
	{ "dir/...", "dir", "a/..." },
	{ "dir/\377", "dir", "\377" },
};

static void test_join(void **state)
{
	const struct join_case *c = *state;
	char *joined = path_join_name(c->dir, c->path);

	assert_non_null(joined);
	assert_string_equal(joined, c->joined);
	free(joined);
}

static const struct join_case sibling_cases[] = {
	{ "b", "a", "b" },   { "x/b", "x/a", "b" },   { "x/b", "x/a//", "b" },
	{ "/b", "/a", "b" }, { "x//b", "x//a", "b" }, { "../b", "../..", "b" },
};

static void test_sibling(void **state)
{
	const struct join_case *c = *state;
	char *sibling = path_sibling(c->dir, c->path);

	assert_non_null(sibling);
	assert_string_equal(sibling, c->joined);
	free(sibling);
}

static void test_dots(void **state)
{
	static const char *const dots[] = { ".", "..", "a/.", "a/..", "./", "a/..//" };
	static const char *const names[] = { "", "/", "...", "a", ".a", "..a", "./a", "../a" };

	(void)state;
	for (size_t i = 0; i < ROWS(dots); i++)
		assert_true(path_is_dots(dots[i]));
	for (size_t i = 0; i < ROWS(names); i++)
		assert_false(path_is_dots(names[i]));
}

int main(void)
{
	struct CMUnitTest tests[ROWS(split_cases) + ROWS(join_cases) + ROWS(sibling_cases) + 2];
	struct CMUnitTest *end = tests;

	end = CASES(end, split_cases, test_split);
	end = CASES(end, join_cases, test_join);
	end = CASES(end, sibling_cases, test_sibling);
	*end++ = (struct CMUnitTest)cmocka_unit_test(test_no_name);
	*end = (struct CMUnitTest)cmocka_unit_test(test_dots);
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("path", tests, NULL, NULL);
}
