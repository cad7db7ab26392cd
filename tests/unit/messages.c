/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Events as sentences (lib/text/, and cmd/messages.c, which quotes): one for each operation and
 * each reason, and cp's own where cp has one.
 */
#include "cases.h"

#include "messages.h"
#include "model/event.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static struct ovlcp_event event(enum ovlcp_op op, int error)
{
	return (struct ovlcp_event){
		.type = OVLCP_EVENT_FAILED,
		.src = "a b",
		.other = "x y",
		.dst = "it's",
		.err = { error, op },
		.outcome.rule = "",
		.src_fs = "",
		.dst_fs = "",
	};
}

struct message_case {
	const char *name;
	enum ovlcp_op op;
	int error;
	const char *text;
};

static const struct message_case message_cases[] = {
	{ "stat of the source", OVLCP_OP_STAT_SOURCE, ENOENT,
	  "cannot stat 'a b': No such file or directory" },
	{ "open of the source", OVLCP_OP_OPEN_SOURCE, EACCES,
	  "cannot open 'a b' for reading: Permission denied" },
	{ "creation", OVLCP_OP_CREATE, EACCES,
	  "cannot create regular file \"it's\": Permission denied" },
	{ "a directory in the way", OVLCP_OP_DESTINATION_IS_DIRECTORY, EISDIR,
	  "cannot overwrite directory \"it's\" with non-directory 'a b'" },
	{ "one file", OVLCP_OP_SAME_FILE, 0, "'a b' and \"it's\" are the same file" },
	{ "the session's own file", OVLCP_OP_JUST_CREATED, EEXIST,
	  "will not overwrite just-created \"it's\" with 'a b'" },
	{ "a dangling link", OVLCP_OP_DANGLING, EEXIST,
	  "not writing through dangling symlink \"it's\"" },
	{ "a link of an earlier copy", OVLCP_OP_CREATE_LINK_TO_COPY, EMLINK,
	  "cannot create hard link \"it's\" to 'x y': Too many links" },
	{ "a directory that would be a link of another", OVLCP_OP_DIRECTORY_LINK, 0,
	  "will not create hard link \"it's\" to directory 'x y'" },
	{ "a hard link", OVLCP_OP_CREATE_LINK, EXDEV,
	  "cannot create hard link \"it's\" to 'a b': Invalid cross-device link" },
	{ "a symbolic link", OVLCP_OP_CREATE_SYMLINK_TO, EEXIST,
	  "cannot create symbolic link \"it's\" to 'a b': File exists" },
	{ "a copy of a link", OVLCP_OP_CREATE_SYMLINK, EEXIST,
	  "cannot create symbolic link \"it's\": File exists" },
	{ "a link that cannot be read", OVLCP_OP_READ_LINK, EACCES,
	  "cannot read symbolic link 'a b': Permission denied" },
	{ "a FIFO", OVLCP_OP_CREATE_FIFO, EEXIST, "cannot create fifo \"it's\": File exists" },
	{ "a device", OVLCP_OP_CREATE_SPECIAL, EPERM,
	  "cannot create special file \"it's\": Operation not permitted" },
	{ "a directory", OVLCP_OP_CREATE_DIRECTORY, EACCES,
	  "cannot create directory \"it's\": Permission denied" },
	{ "a directory without -r", OVLCP_OP_SOURCE_IS_DIRECTORY, EISDIR,
	  "-r not specified; omitting directory 'a b'" },
	{ "a directory that cannot be read", OVLCP_OP_READ_DIRECTORY, EACCES,
	  "cannot access 'a b': Permission denied" },
	{ "a directory into itself", OVLCP_OP_INTO_ITSELF, 0,
	  "cannot copy a directory, 'a b', into itself, \"it's\"" },
	{ "a cycle", OVLCP_OP_CYCLE, ELOOP, "cannot copy cyclic symbolic link 'a b'" },
	{ "a file in the way of a directory", OVLCP_OP_DESTINATION_NOT_DIRECTORY, ENOTDIR,
	  "cannot overwrite non-directory \"it's\" with directory 'a b'" },
	{ "a link of this call", OVLCP_OP_JUST_CREATED_LINK, EEXIST,
	  "will not copy 'a b' through just-created symlink \"it's\"" },
	{ "a source named twice", OVLCP_OP_SOURCE_REPEATED, 0,
	  "warning: source file 'a b' specified more than once" },
	{ "a tree named twice", OVLCP_OP_DIRECTORY_REPEATED, 0,
	  "warning: source directory 'a b' specified more than once" },
	{ "a backup", OVLCP_OP_BACKUP, EACCES, "cannot backup \"it's\": Permission denied" },
	{ "a backup that is the source", OVLCP_OP_BACKUP_IS_SOURCE, 0,
	  "backing up \"it's\" might destroy source;  'a b' not copied" },
	{ "a backup that stays one", OVLCP_OP_UNDO_BACKUP, EACCES,
	  "cannot un-backup \"it's\": Permission denied" },
	{ "a leading directory", OVLCP_OP_CREATE_PARENT, EACCES,
	  "cannot make directory \"it's\": Permission denied" },
	{ "a leading directory that is none", OVLCP_OP_PARENT_NOT_DIRECTORY, ENOTDIR,
	  "\"it's\" exists but is not a directory" },
	{ "a leading directory that is not there", OVLCP_OP_STAT_PARENT, ENOENT,
	  "failed to get attributes of 'a b': No such file or directory" },
	{ "an existing file for --update=none-fail", OVLCP_OP_NOT_REPLACED, EEXIST,
	  "not replacing \"it's\"" },
	{ "a source that was replaced", OVLCP_OP_SOURCE_REPLACED, 0,
	  "skipping file 'a b', as it was replaced while being copied" },
	{ "a full disk", OVLCP_OP_WRITE, ENOSPC,
	  "error writing \"it's\": No space left on device" },
	{ "an operation of the future", (enum ovlcp_op)(OVLCP_OP_COUNT + 7), EIO,
	  "'a b': Input/output error" },
};

static void test_message(void **state)
{
	const struct message_case *c = *state;
	struct ovlcp_event e = event(c->op, c->error);
	char *text = message_of_event(&e);

	assert_non_null(text);
	assert_string_equal(text, c->text);
	free(text);
}

/* A sentence: words, nothing left to fill in, no end that the caller adds. */
static void check_message(const char *text)
{
	assert_non_null(text);
	assert_true(strlen(text) > 10);
	assert_null(strchr(text, '%'));
	assert_null(strchr(text, '\n'));
	assert_null(strstr(text, "(null)"));
}

static void test_every_operation(void **state)
{
	(void)state;
	for (int op = 0; op < OVLCP_OP_COUNT; op++) {
		struct ovlcp_event e = event((enum ovlcp_op)op, EIO);
		char *text = message_of_event(&e);

		check_message(text);
		assert_true(strstr(text, "'a b'") || strstr(text, "\"it's\""));
		free(text);
	}
}

static void test_every_reason(void **state)
{
	(void)state;
	for (int reason = OVLCP_REASON_NONE + 1; reason < OVLCP_REASON_COUNT; reason++) {
		struct ovlcp_event e = event(OVLCP_OP_CLONE, EXDEV);
		char *reason_text;
		char *text;

		e.outcome.reason = (enum ovlcp_reason)reason;
		reason_text = message_of_reason(&e);
		check_message(reason_text);
		text = message_of_event(&e);
		check_message(text);
		assert_non_null(strstr(text, reason_text));
		free(text);
		free(reason_text);
	}
}

static void test_no_reason(void **state)
{
	struct ovlcp_event e = event(OVLCP_OP_CLONE, EXDEV);
	char *text;

	(void)state;
	assert_null(message_of_reason(&e));
	text = message_of_event(&e);
	assert_string_equal(text, "failed to clone \"it's\" from 'a b': Invalid cross-device link");
	free(text);
	e.outcome.reason = (enum ovlcp_reason)(OVLCP_REASON_COUNT + 7);
	assert_null(message_of_reason(&e));
}

/* A reason is for a clone only: a full disk has nothing to do with layers. */
static void test_reason_of_another_failure(void **state)
{
	struct ovlcp_event e = event(OVLCP_OP_WRITE, ENOSPC);
	char *text;

	(void)state;
	e.outcome.reason = OVLCP_REASON_LOWER_SMALL;
	text = message_of_event(&e);
	assert_string_equal(text, "error writing \"it's\": No space left on device");
	free(text);
}

static void test_filesystem_is_named(void **state)
{
	struct ovlcp_event e = event(OVLCP_OP_CLONE, EOPNOTSUPP);
	char *text;

	(void)state;
	e.outcome.reason = OVLCP_REASON_FILESYSTEM;
	e.dst_fs = "ext4";
	text = message_of_reason(&e);
	assert_string_equal(text, "the filesystem of the destination, ext4, cannot clone");
	free(text);
}

struct plain_case {
	const char *name;
	const char *dst;
	const char *shown;
};

/* Before a colon a name is quoted only if the shell would need it. */
static const struct plain_case plain_cases[] = {
	{ "plain: a path is not quoted", "dir/Name_1.old", "dir/Name_1.old" },
	{ "plain: nor are marks that the shell takes as they are", "a%+,-@b~", "a%+,-@b~" },
	{ "plain: a space is", "a b", "'a b'" },
	{ "plain: a quote is", "it's", "\"it's\"" },
	{ "plain: a pattern is", "a*", "'a*'" },
	{ "plain: a tilde in front is", "~a", "'~a'" },
	{ "plain: a newline is", "a\nb", "'a'$'\\n''b'" },
	{ "plain: nothing is", "", "''" },
};

static void test_plain(void **state)
{
	static const char rest[] = ": can make relative symbolic links only in current directory";
	const struct plain_case *c = *state;
	struct ovlcp_event e = event(OVLCP_OP_RELATIVE_SYMLINK, EINVAL);
	char *text;

	e.dst = c->dst;
	text = message_of_event(&e);
	assert_non_null(text);
	assert_int_equal(strncmp(text, c->shown, strlen(c->shown)), 0);
	assert_string_equal(text + strlen(c->shown), rest);
	free(text);
}

static void test_names_are_not_patterns(void **state)
{
	struct ovlcp_event e = event(OVLCP_OP_SAME_FILE, 0);
	char *text;

	(void)state;
	e.src = "%D%s%";
	e.dst = "%S";
	text = message_of_event(&e);
	assert_string_equal(text, "'%D%s%' and '%S' are the same file");
	free(text);
}

/* The texts as the library makes them for programs that word nothing themselves. */

static void check_text(const struct ovlcp_event *e, const char *want)
{
	char text[256] = "unchanged";
	struct ovlcp_text_buffer b = { text, sizeof(text), 0 };

	ovlcp_event_message(e, ovlcp_text_put, &b);
	assert_string_equal(text, want);
	assert_int_equal(b.length, strlen(want));
}

static void test_texts_of_library(void **state)
{
	struct ovlcp_event e = {
		.type = OVLCP_EVENT_FAILED,
		.src = "a\n\x1b[1m",
		.dst = "b c",
		.other = "",
		.dst_fs = "ext4",
		.err = { EACCES, OVLCP_OP_OPEN_SOURCE },
	};

	(void)state;
	check_text(&e, "cannot open 'a??[1m' for reading: Permission denied");
	e.src = "\xc2\x9b[1m \xc2\xa9\xc3\x9b\xc2";
	check_text(&e, "cannot open '?[1m \xc2\xa9\xc3\x9b\xc2' for reading: Permission denied");
	e.src = "a\n\x1b[1m";
	e.err = (struct err){ EISDIR, OVLCP_OP_SOURCE_IS_DIRECTORY };
	check_text(&e, "OVLCP_RECURSIVE not specified; omitting directory 'a??[1m'");
	e.err = (struct err){ 0, OVLCP_OP_RELATIVE_SYMLINK };
	check_text(&e, "'b c': can make relative symbolic links only in current directory");
	e.err = (struct err){ EOPNOTSUPP, OVLCP_OP_CLONE };
	e.outcome.reason = OVLCP_REASON_FILESYSTEM;
	e.src = "a";
	check_text(&e, "failed to clone 'b c' from 'a': Operation not supported: the filesystem of "
		       "the destination, ext4, cannot clone");
}

static void test_texts_in_small_buffers(void **state)
{
	const struct ovlcp_event e = { .src = "abc", .err = { ENOENT, OVLCP_OP_STAT_SOURCE } };
	const size_t length = strlen("cannot stat 'abc': No such file or directory");
	char text[16] = "................";
	struct ovlcp_text_buffer b = { text, 14, 0 };

	(void)state;
	ovlcp_event_message(&e, ovlcp_text_put, &b);
	assert_string_equal(text, "cannot stat '");
	assert_int_equal(text[14], '.');
	assert_int_equal(b.length, length);
	b = (struct ovlcp_text_buffer){ NULL, 0, 0 };
	ovlcp_event_message(&e, ovlcp_text_put, &b);
	assert_int_equal(b.length, length);
}

/* Whether there is a text is known in advance for none; an unknown reason has none. */
static void test_reason_and_advice_of_library(void **state)
{
	char text[512] = "unchanged";
	struct ovlcp_text_buffer b = { text, sizeof(text), 0 };
	struct ovlcp_event e = { .src = "a", .dst = "b", .outcome.can_clone = 1 };

	(void)state;
	assert_false(ovlcp_event_reason_text(&e, ovlcp_text_put, &b));
	assert_false(ovlcp_event_advice(&e, false, ovlcp_text_put, &b));
	e.outcome.reason = (enum ovlcp_reason)(OVLCP_REASON_COUNT + 7);
	assert_false(ovlcp_event_reason_text(&e, ovlcp_text_put, &b));
	assert_false(ovlcp_event_advice(&e, false, ovlcp_text_put, &b));
	assert_string_equal(text, "unchanged");
	e.outcome.reason = OVLCP_REASON_LOWER_NEVER;
	assert_true(ovlcp_event_advice(&e, false, ovlcp_text_put, &b));
	assert_string_equal(text,
			    "allow the copy-up: OVLCP_COPY_UP_ALWAYS; with ovlcp_fan_out several "
			    "destinations of one call share one copy");
	assert_string_equal(ovlcp_method_text(OVLCP_METHOD_CLONE), "cloned");
	assert_string_equal(ovlcp_method_text((enum ovlcp_method)(OVLCP_METHOD_COUNT + 1)),
			    "nothing");
}

/* Each option of a text has words of the header: no program sees one of the command. */
static void test_options_of_library(void **state)
{
	struct ovlcp_event e = { .src = "a", .dst = "b", .other = "c", .dst_fs = "" };
	char text[1024];

	(void)state;
	for (int reason = 0; reason < OVLCP_REASON_COUNT; reason++) {
		struct ovlcp_text_buffer b = { text, sizeof(text), 0 };

		e.outcome.reason = (enum ovlcp_reason)reason;
		text[0] = '\0';
		(void)ovlcp_event_reason_text(&e, ovlcp_text_put, &b);
		(void)ovlcp_event_advice(&e, false, ovlcp_text_put, &b);
		assert_null(strstr(text, "--"));
		assert_null(strstr(text, "=always"));
		assert_null(strstr(text, "=clone"));
		assert_null(strstr(text, "=share"));
		assert_null(strstr(text, "%"));
		assert_true(b.length < sizeof(text));
	}
}

static const struct CMUnitTest rest[] = {
	cmocka_unit_test(test_every_operation),
	cmocka_unit_test(test_texts_of_library),
	cmocka_unit_test(test_texts_in_small_buffers),
	cmocka_unit_test(test_reason_and_advice_of_library),
	cmocka_unit_test(test_options_of_library),
	cmocka_unit_test(test_every_reason),
	cmocka_unit_test(test_no_reason),
	cmocka_unit_test(test_reason_of_another_failure),
	cmocka_unit_test(test_filesystem_is_named),
	cmocka_unit_test(test_names_are_not_patterns),
};

int main(void)
{
	struct CMUnitTest tests[ROWS(message_cases) + ROWS(plain_cases) + ROWS(rest)];
	struct CMUnitTest *end = CASES(tests, message_cases, test_message);

	end = CASES(end, plain_cases, test_plain);
	memcpy(end, rest, sizeof(rest));
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("messages", tests, NULL, NULL);
}
