/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Layer paths (lib/probe/layer_path.c).
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
	const char *layer_path;
};

static const struct inside_case inside_cases[] = {
	{ "inside: below a mount", "/mnt/a/b", "/mnt", "/", "a/b" },
	{ "inside: below the root", "/a/b", "/", "/", "a/b" },
	{ "inside: a directory of it is mounted", "/mnt/b", "/mnt", "/a", "a/b" },
	{ "inside: a deep directory of it is mounted on the root", "/b", "/", "/a/c", "a/c/b" },
	{ "inside: a file of it is mounted", "/mnt", "/mnt", "/a/b", "a/b" },
	{ "inside: bytes that are not UTF-8", "/mnt/\377 (deleted)", "/mnt", "/",
	  "\377 (deleted)" },
	{ "inside: the root itself", "/mnt", "/mnt", "/", NULL },
	{ "inside: the mount point is only a prefix", "/mnt2/a", "/mnt", "/", NULL },
	{ "inside: elsewhere", "/a/b", "/mnt", "/", NULL },
	{ "inside: unreachable", "(unreachable)/a", "/", "/", NULL },
	{ "inside: not a path", "memfd:a", "/", "/", NULL },
	{ "inside: the mounted directory was removed", "/mnt/b", "/mnt", "/a//deleted", NULL },
	{ "inside: .. in the path", "/mnt/../b", "/mnt", "/", NULL },
	{ "inside: . in the path", "/mnt/./b", "/mnt", "/", NULL },
	{ "inside: names may begin with dots", "/mnt/..b/...", "/mnt", "/", "..b/..." },
};

static void test_inside(void **state)
{
	const struct inside_case *c = *state;
	char *path = NULL;
	int r = layer_path_of(c->path, c->target, c->root, &path);

	assert_int_equal(r, c->layer_path ? 0 : -ENOENT);
	if (c->layer_path)
		assert_string_equal(path, c->layer_path);
	else
		assert_null(path);
	free(path);
}

struct redirect_case {
	const char *name;
	const char *path;
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
	{ "redirect: absolute", "a/b/c", 1, 2, "/x/y", "x/y/c" },
	{ "redirect: absolute, of the last", "a/b/c", 1, 0, "/x", "x" },
	{ "redirect: the only name", "a", 1, 0, "x", "x" },
	{ "redirect: relative with two names", "a/b/c", 1, 2, "x/y", NULL },
	{ "redirect: empty", "a/b/c", 1, 2, "", NULL },
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
	int r = layer_path_redirect(c->path, c->name_len, c->rest_len, c->redirect, &result);

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
	return cmocka_run_group_tests_name("layer_path", tests, NULL, NULL);
}
