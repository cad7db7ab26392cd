/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a source becomes (lib/plan/make.c), and what is told if that fails.
 */
#include "cases.h"

#include "plan/dest.h"

#include <sys/stat.h>

struct make_case {
	const char *name;
	mode_t mode;
	struct ovlcp_options opt;
	enum plan_make make;
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

static const struct make_case make_cases[] = {
	{ "a file becomes a file", S_IFREG | 04755, DEFAULTS, MAKE_DATA },
	{ "a directory becomes a directory", S_IFDIR | 0755, DEFAULTS, MAKE_DIRECTORY },
	{ "a link becomes a link", S_IFLNK | 0777, DEFAULTS, MAKE_SYMLINK },
	{ "a FIFO becomes a FIFO", S_IFIFO | 0600, DEFAULTS, MAKE_SPECIAL },
	{ "a socket becomes a socket", S_IFSOCK | 0600, DEFAULTS, MAKE_SPECIAL },
	{ "a character device becomes one", S_IFCHR | 0600, DEFAULTS, MAKE_SPECIAL },
	{ "a block device becomes one", S_IFBLK | 0600, DEFAULTS, MAKE_SPECIAL },
	{ "a FIFO's contents become a file", S_IFIFO | 0600, CONTENTS, MAKE_DATA },
	{ "a device's contents become a file", S_IFBLK | 0600, CONTENTS, MAKE_DATA },
	{ "a link has no contents", S_IFLNK | 0777, CONTENTS, MAKE_SYMLINK },
	{ "a directory has no contents", S_IFDIR | 0755, CONTENTS, MAKE_DIRECTORY },
	{ "a file becomes a hard link", S_IFREG, LINKS(HARD), MAKE_LINK },
	{ "a link becomes a hard link", S_IFLNK, LINKS(HARD), MAKE_LINK },
	{ "a device becomes a hard link", S_IFCHR, LINKS(HARD), MAKE_LINK },
	{ "a directory becomes no hard link", S_IFDIR, LINKS(HARD), MAKE_DIRECTORY },
	{ "a file becomes a symbolic link", S_IFREG, LINKS(SYMBOLIC), MAKE_SYMLINK_TO },
	{ "a link becomes a link to it", S_IFLNK, LINKS(SYMBOLIC), MAKE_SYMLINK_TO },
	{ "a FIFO becomes a symbolic link", S_IFIFO, LINKS(SYMBOLIC), MAKE_SYMLINK_TO },
	{ "a directory becomes no symbolic link", S_IFDIR, LINKS(SYMBOLIC), MAKE_DIRECTORY },
	{ "a link is asked for before contents",
	  S_IFIFO,
	  { .make = OVLCP_MAKE_HARD_LINKS, .flags = OVLCP_COPY_CONTENTS },
	  MAKE_LINK },
};

static void test_make(void **state)
{
	const struct make_case *c = *state;

	assert_int_equal(plan_make(c->mode, &c->opt), c->make);
}

struct op_case {
	const char *name;
	enum plan_make make;
	mode_t mode;
	enum ovlcp_op op;
};

static const struct op_case op_cases[] = {
	{ "op: a file", MAKE_DATA, S_IFREG, OVLCP_OP_CREATE },
	{ "op: a FIFO's contents", MAKE_DATA, S_IFIFO, OVLCP_OP_CREATE },
	{ "op: a directory", MAKE_DIRECTORY, S_IFDIR, OVLCP_OP_CREATE_DIRECTORY },
	{ "op: a link", MAKE_SYMLINK, S_IFLNK, OVLCP_OP_CREATE_SYMLINK },
	{ "op: a FIFO", MAKE_SPECIAL, S_IFIFO | 0644, OVLCP_OP_CREATE_FIFO },
	{ "op: a socket", MAKE_SPECIAL, S_IFSOCK | 0644, OVLCP_OP_CREATE_SPECIAL },
	{ "op: a device", MAKE_SPECIAL, S_IFBLK, OVLCP_OP_CREATE_SPECIAL },
	{ "op: a link of a copy", MAKE_LINK_TO_COPY, S_IFREG, OVLCP_OP_CREATE_LINK_TO_COPY },
	{ "op: a link of a FIFO's copy", MAKE_LINK_TO_COPY, S_IFIFO, OVLCP_OP_CREATE_LINK_TO_COPY },
	{ "op: a hard link", MAKE_LINK, S_IFREG, OVLCP_OP_CREATE_LINK },
	{ "op: a symbolic link", MAKE_SYMLINK_TO, S_IFREG, OVLCP_OP_CREATE_SYMLINK_TO },
};

static void test_op(void **state)
{
	const struct op_case *c = *state;

	assert_string_equal(ovlcp_op_name(plan_make_op(c->make, c->mode)), ovlcp_op_name(c->op));
}

static void test_every_make_has_an_op(void **state)
{
	bool has[MAKE_COUNT] = { false };

	(void)state;
	for (size_t i = 0; i < ROWS(op_cases); i++)
		has[op_cases[i].make] = true;
	for (int i = 0; i < MAKE_COUNT; i++)
		if (!has[i])
			fail_msg("no case for %d", i);
}

struct look_case {
	const char *name;
	enum plan_make make;
	struct ovlcp_options opt;
	bool looks;
};

static const struct look_case look_cases[] = {
	{ "look: data goes through a link", MAKE_DATA, DEFAULTS, false },
	{ "look: by force as well", MAKE_DATA, { .flags = OVLCP_FORCE }, false },
	{ "look: not if the link goes first",
	  MAKE_DATA,
	  { .flags = OVLCP_REMOVE_DESTINATION },
	  true },
	{ "look: not if it is set aside", MAKE_DATA, { .backup = OVLCP_BACKUP_SIMPLE }, true },
	{ "look: a directory does not go through it", MAKE_DIRECTORY, DEFAULTS, true },
	{ "look: a link does not go through it", MAKE_SYMLINK, DEFAULTS, true },
	{ "look: a device does not go through it", MAKE_SPECIAL, DEFAULTS, true },
	{ "look: a link of a copy goes through it as a copy would", MAKE_LINK_TO_COPY, DEFAULTS,
	  false },
	{ "look: a hard link does not go through it", MAKE_LINK, DEFAULTS, true },
	{ "look: a symbolic link does not go through it", MAKE_SYMLINK_TO, DEFAULTS, true },
};

static void test_look(void **state)
{
	const struct look_case *c = *state;

	assert_int_equal(plan_looks_at_link(c->make, S_IFREG, &c->opt), c->looks);
}

struct follow_case {
	const char *name;
	enum ovlcp_follow follow;
	bool named;
	bool below;
};

static const struct follow_case follow_cases[] = {
	{ "follow: all links", OVLCP_FOLLOW_ALL, true, true },
	{ "follow: those that were named", OVLCP_FOLLOW_NAMED, true, false },
	{ "follow: none", OVLCP_FOLLOW_NONE, false, false },
};

static void test_follow(void **state)
{
	const struct follow_case *c = *state;
	const struct ovlcp_options opt = { .follow = c->follow };

	assert_int_equal(plan_follows(&opt, true), c->named);
	assert_int_equal(plan_follows(&opt, false), c->below);
}

int main(void)
{
	struct CMUnitTest tests[ROWS(make_cases) + ROWS(op_cases) + ROWS(look_cases) +
				ROWS(follow_cases) + 1];
	struct CMUnitTest *end = tests;

	end = CASES(end, make_cases, test_make);
	end = CASES(end, op_cases, test_op);
	end = CASES(end, look_cases, test_look);
	end = CASES(end, follow_cases, test_follow);
	*end = (struct CMUnitTest)cmocka_unit_test(test_every_make_has_an_op);
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("make", tests, NULL, NULL);
}
