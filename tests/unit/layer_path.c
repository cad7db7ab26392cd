/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The way to a file inside an overlay and its layers (lib/probe/layer_path.c).
 */
#include "cases.h"

#include "probe/layer_path.h"

#include <errno.h>
#include <stdlib.h>

struct inside_case {
	const char *name;
	const char *path;
	const char *target;
	const char *root;
	/* NULL: there is none */
	const char *way;
};

static const struct inside_case inside_cases[] = {
	{ "inside: below a mount", "/mnt/a/b", "/mnt", "/", "a/b" },
	{ "inside: below the root", "/a/b", "/", "/", "a/b" },
	{ "inside: a directory of it is mounted", "/mnt/b", "/mnt", "/a", "a/b" },
	{ "inside: a deep directory of it is mounted on the root", "/b", "/", "/a/c", "a/c/b" },
	{ "inside: a file of it is mounted", "/mnt", "/mnt", "/a/b", "a/b" },
	{ "inside: bytes that are no text", "/mnt/\377 (deleted)", "/mnt", "/", "\377 (deleted)" },
	{ "inside: the root itself is no file", "/mnt", "/mnt", "/", NULL },
	{ "inside: only the beginning is alike", "/mnt2/a", "/mnt", "/", NULL },
	{ "inside: elsewhere", "/a/b", "/mnt", "/", NULL },
	{ "inside: not reachable", "(unreachable)/a", "/", "/", NULL },
	{ "inside: no path at all", "memfd:a", "/", "/", NULL },
	{ "inside: what is mounted was removed", "/mnt/b", "/mnt", "/a//deleted", NULL },
	{ "inside: a way up", "/mnt/../b", "/mnt", "/", NULL },
	{ "inside: a way to nowhere", "/mnt/./b", "/mnt", "/", NULL },
	{ "inside: names may begin with dots", "/mnt/..b/...", "/mnt", "/", "..b/..." },
};

static void test_inside(void **state)
{
	const struct inside_case *c = *state;
	char *way = NULL;
	int r = layer_path_of(c->path, c->target, c->root, &way);

	assert_int_equal(r, c->way ? 0 : -ENOENT);
	if (c->way)
		assert_string_equal(way, c->way);
	else
		assert_null(way);
	free(way);
}

struct redirect_case {
	const char *name;
	const char *way;
	size_t name_len;
	size_t rest_len;
	const char *redirect;
	/* NULL: the kernel does not follow it */
	const char *result;
};

static const struct redirect_case redirect_cases[] = {
	{ "redirect: another name", "a/b/c", 1, 2, "x", "a/x/c" },
	{ "redirect: another name of the first", "a/b/c", 1, 4, "xyz", "xyz/b/c" },
	{ "redirect: another name of the last", "a/b/ccc", 3, 0, "x", "a/b/x" },
	{ "redirect: another place", "a/b/c", 1, 2, "/x/y", "x/y/c" },
	{ "redirect: another place of the last", "a/b/c", 1, 0, "/x", "x" },
	{ "redirect: the only name", "a", 1, 0, "x", "x" },
	{ "redirect: two names are no name", "a/b/c", 1, 2, "x/y", NULL },
	{ "redirect: nothing", "a/b/c", 1, 2, "", NULL },
	{ "redirect: the root", "a/b/c", 1, 2, "/", NULL },
	{ "redirect: an empty name in the middle", "a/b/c", 1, 2, "/x//y", NULL },
	{ "redirect: an empty name at the end", "a/b/c", 1, 2, "/x/", NULL },
	{ "redirect: up", "a/b/c", 1, 2, "..", NULL },
	{ "redirect: up from the root", "a/b/c", 1, 2, "/x/../y", NULL },
	{ "redirect: up at the end", "a/b", 1, 0, "/x/..", NULL },
};

static void test_redirect(void **state)
{
	const struct redirect_case *c = *state;
	char *result = NULL;
	int r = layer_path_redirect(c->way, c->name_len, c->rest_len, c->redirect, &result);

	assert_int_equal(r, c->result ? 0 : -ENOENT);
	if (c->result)
		assert_string_equal(result, c->result);
	else
		assert_null(result);
	free(result);
}

int main(void)
{
	struct CMUnitTest tests[ROWS(inside_cases) + ROWS(redirect_cases)];
	struct CMUnitTest *end = tests;

	end = CASES(end, inside_cases, test_inside);
	(void)CASES(end, redirect_cases, test_redirect);
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("way", tests, NULL, NULL);
}
