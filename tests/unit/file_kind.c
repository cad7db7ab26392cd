/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is created for a source (lib/plan/file_kind.c), and which operation is reported if it fails.
 */
#include "cases.h"

#include "plan/file_kind.h"

#include <sys/stat.h>

struct kind_case {
	const char *name;
	mode_t mode;
	struct ovlcp_options opt;
	enum file_kind kind;
};

#define DEFAULTS                                                                                   \
	{                                                                                          \
		.flags = 0                                                                         \
	}
#define CONTENTS                                                                                   \
	{                                                                                          \
		.flags = OVLCP_COPY_CONTENTS                                                       \
	}
#define LINKS(what)                                                                                \
	{                                                                                          \
		.make = OVLCP_MAKE_##what##_LINKS                                                  \
	}

static const struct kind_case kind_cases[] = {
	{ "a file becomes a file", S_IFREG | 04755, DEFAULTS, KIND_DATA },
	{ "a directory becomes a directory", S_IFDIR | 0755, DEFAULTS, KIND_DIRECTORY },
	{ "a link becomes a link", S_IFLNK | 0777, DEFAULTS, KIND_SYMLINK },
	{ "a FIFO becomes a FIFO", S_IFIFO | 0600, DEFAULTS, KIND_SPECIAL },
	{ "a socket becomes a socket", S_IFSOCK | 0600, DEFAULTS, KIND_SPECIAL },
	{ "a character device becomes one", S_IFCHR | 0600, DEFAULTS, KIND_SPECIAL },
	{ "a block device becomes one", S_IFBLK | 0600, DEFAULTS, KIND_SPECIAL },
	{ "a FIFO's contents become a file", S_IFIFO | 0600, CONTENTS, KIND_DATA },
	{ "a device's contents become a file", S_IFBLK | 0600, CONTENTS, KIND_DATA },
	{ "a link has no contents", S_IFLNK | 0777, CONTENTS, KIND_SYMLINK },
	{ "a directory has no contents", S_IFDIR | 0755, CONTENTS, KIND_DIRECTORY },
	{ "a file becomes a hard link", S_IFREG, LINKS(HARD), KIND_LINK },
	{ "a link becomes a hard link", S_IFLNK, LINKS(HARD), KIND_LINK },
	{ "a device becomes a hard link", S_IFCHR, LINKS(HARD), KIND_LINK },
	{ "a directory does not become a hard link", S_IFDIR, LINKS(HARD), KIND_DIRECTORY },
	{ "a file becomes a symbolic link", S_IFREG, LINKS(SYMBOLIC), KIND_SYMLINK_TO },
	{ "a link becomes a link to it", S_IFLNK, LINKS(SYMBOLIC), KIND_SYMLINK_TO },
	{ "a FIFO becomes a symbolic link", S_IFIFO, LINKS(SYMBOLIC), KIND_SYMLINK_TO },
	{ "a directory does not become a symbolic link", S_IFDIR, LINKS(SYMBOLIC), KIND_DIRECTORY },
	{ "a link is asked for before contents",
	  S_IFIFO,
	  { .make = OVLCP_MAKE_HARD_LINKS, .flags = OVLCP_COPY_CONTENTS },
	  KIND_LINK },
};

static void test_kind(void **state)
{
	const struct kind_case *c = *state;

	assert_int_equal(plan_file_kind(c->mode, &c->opt), c->kind);
}

struct op_case {
	const char *name;
	enum file_kind kind;
	mode_t mode;
	enum ovlcp_op op;
};

static const struct op_case op_cases[] = {
	{ "op: a file", KIND_DATA, S_IFREG, OVLCP_OP_CREATE },
	{ "op: a FIFO's contents", KIND_DATA, S_IFIFO, OVLCP_OP_CREATE },
	{ "op: a directory", KIND_DIRECTORY, S_IFDIR, OVLCP_OP_CREATE_DIRECTORY },
	{ "op: a link", KIND_SYMLINK, S_IFLNK, OVLCP_OP_CREATE_SYMLINK },
	{ "op: a FIFO", KIND_SPECIAL, S_IFIFO | 0644, OVLCP_OP_CREATE_FIFO },
	{ "op: a socket", KIND_SPECIAL, S_IFSOCK | 0644, OVLCP_OP_CREATE_SPECIAL },
	{ "op: a device", KIND_SPECIAL, S_IFBLK, OVLCP_OP_CREATE_SPECIAL },
	{ "op: a link to a copy", KIND_LINK_TO_COPY, S_IFREG, OVLCP_OP_CREATE_LINK_TO_COPY },
	{ "op: a link to the copy of a FIFO", KIND_LINK_TO_COPY, S_IFIFO,
	  OVLCP_OP_CREATE_LINK_TO_COPY },
	{ "op: a hard link", KIND_LINK, S_IFREG, OVLCP_OP_CREATE_LINK },
	{ "op: a symbolic link", KIND_SYMLINK_TO, S_IFREG, OVLCP_OP_CREATE_SYMLINK_TO },
};

static void test_op(void **state)
{
	const struct op_case *c = *state;

	assert_string_equal(ovlcp_op_name(plan_create_op(c->kind, c->mode)), ovlcp_op_name(c->op));
}

static void test_every_kind_has_an_op(void **state)
{
	bool has[KIND_COUNT] = { false };

	(void)state;
	for (size_t i = 0; i < ROWS(op_cases); i++)
		has[op_cases[i].kind] = true;
	for (int i = 0; i < KIND_COUNT; i++)
		if (!has[i])
			fail_msg("no case for %d", i);
}

struct lstat_case {
	const char *name;
	enum file_kind kind;
	struct ovlcp_options opt;
	bool lstats;
};

static const struct lstat_case lstat_cases[] = {
	{ "lstat: not for data, which is written through a link", KIND_DATA, DEFAULTS, false },
	{ "lstat: nor with force", KIND_DATA, { .flags = OVLCP_FORCE }, false },
	{ "lstat: if the link is removed first",
	  KIND_DATA,
	  { .flags = OVLCP_REMOVE_DESTINATION },
	  true },
	{ "lstat: if the link is renamed to a backup",
	  KIND_DATA,
	  { .backup = OVLCP_BACKUP_SIMPLE },
	  true },
	{ "lstat: for a directory", KIND_DIRECTORY, DEFAULTS, true },
	{ "lstat: for a symbolic link", KIND_SYMLINK, DEFAULTS, true },
	{ "lstat: for a device", KIND_SPECIAL, DEFAULTS, true },
	{ "lstat: not for a link to a copy, like for a copy", KIND_LINK_TO_COPY, DEFAULTS, false },
	{ "lstat: for a hard link", KIND_LINK, DEFAULTS, true },
	{ "lstat: for a symbolic link to the source", KIND_SYMLINK_TO, DEFAULTS, true },
};

static void test_lstat(void **state)
{
	const struct lstat_case *c = *state;

	assert_int_equal(plan_lstat_dest(c->kind, S_IFREG, &c->opt), c->lstats);
}

struct follow_case {
	const char *name;
	enum ovlcp_follow follow;
	bool from_caller;
	bool below;
};

static const struct follow_case follow_cases[] = {
	{ "follow: all links", OVLCP_FOLLOW_ALL, true, true },
	{ "follow: those that the caller named", OVLCP_FOLLOW_NAMED, true, false },
	{ "follow: none", OVLCP_FOLLOW_NONE, false, false },
};

static void test_follow(void **state)
{
	const struct follow_case *c = *state;
	const struct ovlcp_options opt = { .follow = c->follow };

	assert_int_equal(plan_follows(&opt, true), c->from_caller);
	assert_int_equal(plan_follows(&opt, false), c->below);
}

int main(void)
{
	struct CMUnitTest tests[ROWS(kind_cases) + ROWS(op_cases) + ROWS(lstat_cases) +
				ROWS(follow_cases) + 1];
	struct CMUnitTest *end = tests;

	end = CASES(end, kind_cases, test_kind);
	end = CASES(end, op_cases, test_op);
	end = CASES(end, lstat_cases, test_lstat);
	end = CASES(end, follow_cases, test_follow);
	*end = (struct CMUnitTest)cmocka_unit_test(test_every_kind_has_an_op);
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("file_kind", tests, NULL, NULL);
}
