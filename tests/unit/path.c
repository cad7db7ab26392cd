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

struct dots_case {
	const char *path;
	bool are;
};

static const struct dots_case dots_cases[] = {
	{ ".", true },	   { "..", true },    { "./", true },	{ "..//", true },
	{ "a/.", true },   { "a/..", true },  { "/..", true },	{ "a/../", true },
	{ "...", false },  { ".a", false },   { "..a", false }, { "a.", false },
	{ "../a", false }, { "./a/", false }, { "/", false },	{ "", false },
};

static void test_dots(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS(dots_cases); i++)
		if (path_is_dots(dots_cases[i].path) != dots_cases[i].are)
			fail_msg("\"%s\"", dots_cases[i].path);
}

struct name_case {
	const char *title;
	const char *path;
	const char *name;
};

static const struct name_case name_cases[] = {
	{ "name: of a name", "name", "name" },
	{ "name: of a path", "dir/name", "name" },
	{ "name: of a path from the root", "/name", "name" },
	{ "name: with trailing slashes", "dir//name//", "name" },
	{ "name: . has none", ".", "." },
	{ "name: a/. has none", "a/.", "." },
	{ "name: .. has none", "..", "." },
	{ "name: a/../ has none", "a/../", "." },
	{ "name: / has none", "/", "." },
	{ "name: // has none", "//", "." },
	{ "name: nothing has none", "", "." },
	{ "name: ... is one", "dir/...", "..." },
	{ "name: .a is one", "dir/.a", ".a" },
};

static void test_name(void **state)
{
	const struct name_case *c = *state;
	char *path = path_join_name("dir", c->path);

	assert_non_null(path);
	assert_memory_equal(path, "dir/", 4);
	assert_string_equal(path + 4, c->name);
	free(path);
}

struct sibling_case {
	const char *title;
	const char *path;
	const char *name;
	const char *sibling;
};

static const struct sibling_case sibling_cases[] = {
	{ "sibling: of a name", "a", "b", "b" },
	{ "sibling: of a path", "dir/a", "b", "dir/b" },
	{ "sibling: of a path from the root", "/a", "b", "/b" },
	{ "sibling: slashes before the name are kept", "dir//a", "b", "dir//b" },
	{ "sibling: trailing slashes are dropped", "dir/a//", "b", "dir/b" },
	{ "sibling: also of ..", "../..", "b", "../b" },
	{ "sibling: a name is no pattern", "%s/a", "%d", "%s/%d" },
};

static void test_sibling(void **state)
{
	const struct sibling_case *c = *state;
	char *sibling = path_sibling(c->path, c->name);

	assert_non_null(sibling);
	assert_string_equal(sibling, c->sibling);
	free(sibling);
}

struct join_case {
	const char *title;
	const char *dir;
	const char *path;
	const char *joined;
};

static const struct join_case join_cases[] = {
	{ "join: a directory and a name", "dir", "name", "dir/name" },
	{ "join: a slash is enough", "dir/", "name", "dir/name" },
	{ "join: many slashes become one", "dir///", "name", "dir/name" },
	{ "join: slashes inside are kept", "a//b", "name", "a//b/name" },
	{ "join: the name of a path", "dir", "a/b/name", "dir/name" },
	{ "join: the name of a path from the root", "dir", "/name", "dir/name" },
	{ "join: trailing slashes are dropped", "dir", "name//", "dir/name" },
	{ "join: in the root", "/", "a/name", "/name" },
	{ "join: in no directory", "", "a/name", "name" },
	{ "join: in .", ".", "name", "./name" },
	{ "join: in ..", "..", "../a b", "../a b" },
	/* as cp: the content of "a/.." is copied into the directory itself */
	{ "join: .. has no name", "dir", "a/..", "dir/." },
	{ "join: . has no name", "dir", ".", "dir/." },
	{ "join: / has no name", "dir", "/", "dir/." },
	{ "join: bytes that are not UTF-8", "dir\376", "\377", "dir\376/\377" },
	{ "join: a name is no pattern", "%s", "%d", "%s/%d" },
};

static void test_join(void **state)
{
	const struct join_case *c = *state;
	char *joined = path_join_name(c->dir, c->path);

	assert_non_null(joined);
	assert_string_equal(joined, c->joined);
	free(joined);
}

int main(void)
{
	struct CMUnitTest tests[ROWS(split_cases) + ROWS(name_cases) + ROWS(sibling_cases) +
				ROWS(join_cases) + 2];
	struct CMUnitTest *end = tests;

	end = CASES(end, split_cases, test_split);
	end = CASES(end, name_cases, test_name);
	end = CASES(end, sibling_cases, test_sibling);
	end = CASES(end, join_cases, test_join);
	*end++ = (struct CMUnitTest)cmocka_unit_test(test_no_name);
	*end++ = (struct CMUnitTest)cmocka_unit_test(test_dots);
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("path", tests, NULL, NULL);
}
