/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What ovlcp.h promises about files: trees, links, calls of several copies, and the events that
 * tell of them. In real directories of the current one, each test in its own.
 *
 * What a method does to data is for tests/bats, which have the filesystems for it.
 */
#include "cases.h"

#include "ovlcp.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Files. */

static void make_file(const char *path, const char *text)
{
	FILE *f = fopen(path, "we");

	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

static void check_file(const char *path, const char *text)
{
	char buffer[64] = { 0 };
	struct stat st;
	FILE *f;

	assert_int_equal(lstat(path, &st), 0);
	assert_true(S_ISREG(st.st_mode));
	f = fopen(path, "re");
	assert_non_null(f);
	assert_int_equal(fread(buffer, 1, sizeof(buffer) - 1, f), strlen(text));
	fclose(f);
	assert_string_equal(buffer, text);
}

static void check_link(const char *path, const char *text)
{
	char buffer[64] = { 0 };

	assert_int_equal(readlink(path, buffer, sizeof(buffer) - 1), (ssize_t)strlen(text));
	assert_string_equal(buffer, text);
}

static bool is_directory(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static bool exists(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0;
}

static bool are_linked(const char *a, const char *b)
{
	struct stat st_a;
	struct stat st_b;

	assert_int_equal(lstat(a, &st_a), 0);
	assert_int_equal(lstat(b, &st_b), 0);
	return st_a.st_ino == st_b.st_ino && st_a.st_dev == st_b.st_dev;
}

/* A tree of everything that needs no rights: t, t/file, t/sub, t/sub/deep, t/link. */
static void make_tree(void)
{
	assert_int_equal(mkdir("t", 0755), 0);
	assert_int_equal(mkdir("t/sub", 0755), 0);
	make_file("t/file", "one");
	make_file("t/sub/deep", "two");
	assert_int_equal(symlink("file", "t/link"), 0);
}

static void check_tree(const char *top)
{
	char path[64];

	(void)snprintf(path, sizeof(path), "%s/file", top);
	check_file(path, "one");
	(void)snprintf(path, sizeof(path), "%s/sub/deep", top);
	check_file(path, "two");
	(void)snprintf(path, sizeof(path), "%s/link", top);
	check_link(path, "file");
}

/* A session and what it told, one line an event. */

struct call {
	struct ovlcp *o;
	FILE *out;
	char *text;
	size_t len;
	/* Cancel when this many events were heard; 0: never. */
	int cancel_at;
	/* Called for each event, unless it is NULL. */
	void (*also)(const struct ovlcp_event *e);
	int count;
	bool answer;
	/* Cancel while the question is asked. */
	bool cancels_asked;
	mode_t asked_mode;
	int asked;
};

static const char *const types[] = {
	[OVLCP_EVENT_BEGIN] = "begin",	     [OVLCP_EVENT_COPIED] = "copied",
	[OVLCP_EVENT_SKIPPED] = "skipped",   [OVLCP_EVENT_REMOVED] = "removed",
	[OVLCP_EVENT_WARNING] = "warning",   [OVLCP_EVENT_FAILED] = "failed",
	[OVLCP_EVENT_RESTORED] = "restored", [OVLCP_EVENT_PARENT_CREATED] = "parent",
};

/* "copied read-write a>b": type, what failed or how it was made, the files. Data may be cloned
   or not, so how it came is told as "data". */
static void on_event(const struct ovlcp_event *e, void *payload)
{
	struct call *c = payload;
	enum ovlcp_method method = ovlcp_event_method(e);
	bool data = method > OVLCP_METHOD_NONE && method <= OVLCP_METHOD_READ_WRITE;

	fputs(types[ovlcp_event_type(e)], c->out);
	if (ovlcp_event_op(e) != OVLCP_OP_NONE)
		fprintf(c->out, " %s", ovlcp_op_name(ovlcp_event_op(e)));
	if (method != OVLCP_METHOD_NONE)
		fprintf(c->out, " %s", data ? "data" : ovlcp_method_name(method));
	fprintf(c->out, " %s>%s", ovlcp_event_source(e), ovlcp_event_destination(e));
	if (*ovlcp_event_other(e))
		fprintf(c->out, " (%s)", ovlcp_event_other(e));
	fputc('\n', c->out);
	if (++c->count == c->cancel_at)
		ovlcp_cancel(c->o);
	if (c->also)
		c->also(e);
}

static bool answer(const struct ovlcp_event *e, void *payload)
{
	struct call *c = payload;

	c->asked++;
	c->asked_mode = ovlcp_event_mode(e);
	if (c->cancels_asked)
		ovlcp_cancel(c->o);
	return c->answer;
}

/* Forget what was told. */
static void on_event_again(struct call *c)
{
	if (c->out)
		fclose(c->out);
	free(c->text);
	c->out = open_memstream(&c->text, &c->len);
	assert_non_null(c->out);
}

static void call_init(struct call *c)
{
	*c = (struct call){ 0 };
	on_event_again(c);
	assert_int_equal(ovlcp_new(&c->o), 0);
	ovlcp_on_event(c->o, on_event, c);
	ovlcp_on_question(c->o, answer, c);
}

static void call_done(struct call *c)
{
	ovlcp_free(c->o);
	fclose(c->out);
	free(c->text);
}

/* What was told since the last time. */
static void check_events(struct call *c, const char *text)
{
	assert_int_equal(fflush(c->out), 0);
	assert_string_equal(c->text, text);
	on_event_again(c);
}

static bool was_emitted(struct call *c, const char *line)
{
	assert_int_equal(fflush(c->out), 0);
	return strstr(c->text, line) != NULL;
}

#define OPTIONS(...)                                                                               \
	(&(const struct ovlcp_options){ .size = sizeof(struct ovlcp_options), __VA_ARGS__ })
#define TREES(...) OPTIONS(.follow = OVLCP_FOLLOW_NONE, .flags = OVLCP_RECURSIVE __VA_ARGS__)

#define PATHS(list, n) (&(const struct ovlcp_paths){ AT_FDCWD, list, n })

static int copy(struct call *c, const char *src, const char *dst, const struct ovlcp_options *opt)
{
	return ovlcp_copy(c->o, AT_FDCWD, src, AT_FDCWD, dst, opt);
}

/* Files and their events. */

static void test_file(struct call *c)
{
	make_file("a", "text");
	assert_int_equal(copy(c, "a", "b", NULL), 0);
	check_file("b", "text");
	check_events(c, "begin a>b\ncopied data a>b\n");
}

static void test_overwrite(struct call *c)
{
	make_file("a", "text");
	make_file("b", "a longer text");
	assert_int_equal(copy(c, "a", "b", NULL), 0);
	check_file("b", "text");
	check_events(c, "begin a>b\ncopied data a>b\n");
}

static void test_remove(struct call *c)
{
	make_file("a", "text");
	make_file("b", "old");
	assert_int_equal(link("b", "b2"), 0);
	assert_int_equal(copy(c, "a", "b", OPTIONS(.flags = OVLCP_REMOVE_DESTINATION)), 0);
	check_file("b", "text");
	check_file("b2", "old");
	check_events(c, "removed remove a>b\nbegin a>b\ncopied data a>b\n");
}

static void test_by_descriptor(struct call *c)
{
	int from;
	int to;

	assert_int_equal(mkdir("from", 0755) | mkdir("to", 0755), 0);
	make_file("from/a", "text");
	from = open("from", O_RDONLY | O_DIRECTORY);
	to = open("to", O_RDONLY | O_DIRECTORY);
	assert_true(from >= 0 && to >= 0);
	assert_int_equal(ovlcp_copy(c->o, from, "a", to, "b", NULL), 0);
	check_file("to/b", "text");
	check_events(c, "begin a>b\ncopied data a>b\n");
	close(from);
	close(to);
}

static void test_into_directory(struct call *c)
{
	make_file("a", "text");
	assert_int_equal(mkdir("d", 0755), 0);
	assert_int_equal(copy(c, "a", "d", OPTIONS(.flags = OVLCP_INTO_DIRECTORY)), 0);
	check_file("d/a", "text");
	check_events(c, "begin a>d/a\ncopied data a>d/a\n");
}

static void test_update_none(struct call *c)
{
	make_file("a", "text");
	make_file("b", "old");
	assert_int_equal(copy(c, "a", "b", OPTIONS(.update = OVLCP_UPDATE_NONE)), 0);
	check_file("b", "old");
	check_events(c, "skipped a>b\n");
	assert_int_equal(copy(c, "a", "b", OPTIONS(.update = OVLCP_UPDATE_NONE_FAIL)), -EEXIST);
	check_file("b", "old");
	check_events(c, "failed not-replaced a>b\n");
}

static void test_update_older(struct call *c)
{
	const struct timespec late[] = { { .tv_sec = 2000000000 }, { .tv_sec = 2000000000 } };
	const struct timespec early[] = { { .tv_sec = 1 }, { .tv_sec = 1 } };

	make_file("a", "text");
	make_file("late", "old");
	make_file("early", "old");
	assert_int_equal(utimensat(AT_FDCWD, "late", late, 0), 0);
	assert_int_equal(utimensat(AT_FDCWD, "early", early, 0), 0);
	assert_int_equal(copy(c, "a", "late", OPTIONS(.update = OVLCP_UPDATE_OLDER)), 0);
	assert_int_equal(copy(c, "a", "early", OPTIONS(.update = OVLCP_UPDATE_OLDER)), 0);
	check_file("late", "old");
	check_file("early", "text");
	check_events(c, "skipped a>late\nbegin a>early\ncopied data a>early\n");
}

static void test_question(struct call *c)
{
	make_file("a", "text");
	make_file("b", "old");
	assert_int_equal(chmod("b", 0640), 0);
	assert_int_equal(copy(c, "a", "b", OPTIONS(.existing = OVLCP_EXISTING_ASK)), -ECANCELED);
	check_file("b", "old");
	check_events(c, "skipped a>b\n");
	assert_int_equal(c->asked, 1);
	assert_int_equal(c->asked_mode, S_IFREG | 0640);
	c->answer = true;
	assert_int_equal(copy(c, "a", "b", OPTIONS(.existing = OVLCP_EXISTING_ASK)), 0);
	check_file("b", "text");
	assert_int_equal(c->asked, 2);
	assert_int_equal(copy(c, "a", "new", OPTIONS(.existing = OVLCP_EXISTING_ASK)), 0);
	assert_int_equal(c->asked, 2);
	make_file("b", "old");
	c->cancels_asked = true;
	assert_int_equal(copy(c, "a", "b", OPTIONS(.existing = OVLCP_EXISTING_ASK)), -ECANCELED);
	check_file("b", "old");
}

static void test_backup(struct call *c)
{
	make_file("a", "text");
	assert_int_equal(mkdir("d", 0755), 0);
	make_file("d/b", "old");
	assert_int_equal(copy(c, "a", "d/b", OPTIONS(.backup = OVLCP_BACKUP_EXISTING)), 0);
	check_file("d/b~", "old");
	check_file("d/b", "text");
	check_events(c, "begin a>d/b (d/b~)\ncopied data a>d/b\n");
	assert_int_equal(copy(c, "a", "d/b", OPTIONS(.backup = OVLCP_BACKUP_NUMBERED)), 0);
	check_file("d/b.~1~", "text");
	check_events(c, "begin a>d/b (d/b.~1~)\ncopied data a>d/b\n");
	assert_int_equal(copy(c, "a", "d/b", OPTIONS(.backup = OVLCP_BACKUP_EXISTING)), 0);
	check_events(c, "begin a>d/b (d/b.~2~)\ncopied data a>d/b\n");
	assert_int_equal(copy(c, "a", "d/b",
			      OPTIONS(.backup = OVLCP_BACKUP_SIMPLE, .backup_suffix = ".old")),
			 0);
	check_events(c, "begin a>d/b (d/b.old)\ncopied data a>d/b\n");
}

/* Of a device nothing can be shared, which is known only when the old file is out of the way. */
static void test_backup_is_undone(struct call *c)
{
	make_file("b", "old");
	assert_int_not_equal(
		copy(c, "/dev/null", "b",
		     OPTIONS(.backup = OVLCP_BACKUP_SIMPLE, .reflink = OVLCP_REFLINK_ALWAYS,
			     .flags = OVLCP_COPY_CONTENTS)),
		0);
	check_file("b", "old");
	assert_false(exists("b~"));
	assert_true(was_emitted(c, "begin /dev/null>b (b~)\n"));
	assert_true(was_emitted(c, "failed clone /dev/null>b\n"));
	assert_true(was_emitted(c, "restored /dev/null>b (b~)\n"));
	assert_false(was_emitted(c, "copied"));
}

static void test_hard_links(struct call *c)
{
	make_file("a", "text");
	assert_int_equal(copy(c, "a", "b", OPTIONS(.make = OVLCP_MAKE_HARD_LINKS)), 0);
	assert_true(are_linked("a", "b"));
	check_events(c, "begin a>b\ncopied hard-link a>b\n");
	assert_int_equal(copy(c, "a", "b", OPTIONS(.make = OVLCP_MAKE_HARD_LINKS)), 0);
	check_events(c, ""); /* it is one already */
	make_file("c", "old");
	assert_int_equal(copy(c, "a", "c", OPTIONS(.make = OVLCP_MAKE_HARD_LINKS)), -EEXIST);
	check_file("c", "old");
	check_events(c, "failed create-link a>c\n");
}

static void test_symbolic_links(struct call *c)
{
	const struct ovlcp_options *opt = OPTIONS(.make = OVLCP_MAKE_SYMBOLIC_LINKS);

	make_file("a", "text");
	assert_int_equal(mkdir("d", 0755), 0);
	assert_int_equal(copy(c, "a", "b", opt), 0);
	check_link("b", "a");
	check_events(c, "begin a>b\ncopied symbolic-link a>b\n");
	assert_int_equal(copy(c, "a", "d/b", opt), -EINVAL);
	assert_false(exists("d/b"));
	check_events(c, "failed relative-symlink a>d/b\n");
	assert_int_equal(copy(c, "/dev/null", "d/b", opt), 0);
	check_link("d/b", "/dev/null");
}

static void test_attributes_only(struct call *c)
{
	const struct ovlcp_options *opt = OPTIONS(.flags = OVLCP_ATTRIBUTES_ONLY);

	make_file("a", "text");
	make_file("b", "old");
	assert_int_equal(copy(c, "a", "new", opt), 0);
	check_file("new", "");
	assert_int_equal(copy(c, "a", "b", opt), 0);
	check_file("b", "old");
	check_events(c, "begin a>new\ncopied attributes a>new\n"
			"begin a>b\ncopied attributes a>b\n");
}

static void test_dangling(struct call *c)
{
	make_file("a", "text");
	assert_int_equal(symlink("nothing", "b"), 0);
	assert_int_equal(copy(c, "a", "b", NULL), -EEXIST);
	assert_false(exists("nothing"));
	check_events(c, "failed dangling a>b\n");
	assert_int_equal(copy(c, "a", "b", OPTIONS(.flags = OVLCP_CREATE_THROUGH_SYMLINK)), 0);
	check_file("nothing", "text");
	check_link("b", "nothing");
}

static void test_follow(struct call *c)
{
	make_file("a", "text");
	assert_int_equal(symlink("a", "link"), 0);
	assert_int_equal(copy(c, "link", "followed", OPTIONS(.follow = OVLCP_FOLLOW_NAMED)), 0);
	check_file("followed", "text");
	assert_int_equal(copy(c, "link", "as-link", OPTIONS(.follow = OVLCP_FOLLOW_NONE)), 0);
	check_link("as-link", "a");
	check_events(c, "begin link>followed\ncopied data link>followed\n"
			"begin link>as-link\ncopied symbolic-link link>as-link\n");
}

static void test_fifo(struct call *c)
{
	struct stat st;

	assert_int_equal(mkfifo("a", 0600), 0);
	assert_int_equal(copy(c, "a", "b", NULL), 0);
	assert_int_equal(lstat("b", &st), 0);
	assert_true(S_ISFIFO(st.st_mode));
	check_events(c, "begin a>b\ncopied special-file a>b\n");
}

static enum ovlcp_reason reason;

static void record_reason(const struct ovlcp_event *e, void *payload)
{
	(void)payload;
	if (ovlcp_event_type(e) == OVLCP_EVENT_COPIED)
		reason = ovlcp_event_reason(e);
}

static void test_sparse(struct call *c)
{
	struct stat st;

	make_file("a", "text");
	assert_int_equal(truncate("a", 1 << 20), 0);
	ovlcp_on_event(c->o, record_reason, NULL);
	assert_int_equal(copy(c, "a", "b", OPTIONS(.sparse = OVLCP_SPARSE_ALWAYS)), 0);
	assert_string_equal(ovlcp_reason_name(reason), "sparse");
	assert_int_equal(stat("b", &st), 0);
	assert_int_equal(st.st_size, 1 << 20);
}

/* Trees. */

static void test_tree(struct call *c)
{
	make_tree();
	assert_int_equal(copy(c, "t", "d", TREES()), 0);
	check_tree("d");
	assert_false(was_emitted(c, "failed"));
}

static void test_tree_events(struct call *c)
{
	assert_int_equal(mkdir("t", 0755) | mkdir("t/sub", 0755), 0);
	make_file("t/sub/file", "text");
	assert_int_equal(copy(c, "t", "d", TREES()), 0);
	check_events(c, "begin t>d\n"
			"begin t/sub>d/sub\n"
			"begin t/sub/file>d/sub/file\n"
			"copied data t/sub/file>d/sub/file\n"
			"copied directory t/sub>d/sub\n"
			"copied directory t>d\n");
	/* what is there already does not begin */
	assert_int_equal(copy(c, "t", "d", TREES()), 0);
	check_events(c, "begin t/sub/file>d/sub/file\n"
			"copied data t/sub/file>d/sub/file\n"
			"copied directory t/sub>d/sub\n"
			"copied directory t>d\n");
}

static void test_tree_into_directory(struct call *c)
{
	make_tree();
	assert_int_equal(mkdir("d", 0755), 0);
	assert_int_equal(copy(c, "t", "d/", TREES(| OVLCP_INTO_DIRECTORY)), 0);
	check_tree("d/t");
	assert_true(was_emitted(c, "begin t/sub>d/t/sub\n"));
	/* "." has no name: what is in it goes into the directory itself */
	assert_int_equal(mkdir("e", 0755), 0);
	assert_int_equal(copy(c, "t/.", "e", TREES(| OVLCP_INTO_DIRECTORY)), 0);
	check_tree("e");
}

static void test_tree_not_asked_for(struct call *c)
{
	make_tree();
	assert_int_equal(copy(c, "t", "d", NULL), -EISDIR);
	assert_false(exists("d"));
	check_events(c, "failed source-is-directory t>\n");
}

static void test_tree_goes_on(struct call *c)
{
	make_tree();
	assert_int_equal(mkdir("d", 0755) | mkdir("d/file", 0755), 0);
	assert_int_equal(copy(c, "t", "d", TREES()), -EISDIR);
	assert_true(is_directory("d/file"));
	check_file("d/sub/deep", "two");
	check_link("d/link", "file");
	assert_true(was_emitted(c, "failed destination-is-directory t/file>d/file\n"));
	assert_true(was_emitted(c, "copied directory t>d\n"));
}

static void test_tree_over_file(struct call *c)
{
	make_tree();
	make_file("d", "old");
	assert_int_equal(copy(c, "t", "d", TREES()), -ENOTDIR);
	check_file("d", "old");
	check_events(c, "failed destination-not-directory t>d\n");
}

static void test_tree_into_itself(struct call *c)
{
	make_tree();
	assert_int_not_equal(copy(c, "t", "t/d", TREES()), 0);
	assert_false(exists("t/d/d"));
	assert_true(was_emitted(c, "failed into-itself t>t/d\n"));
}

static void test_tree_follows(struct call *c)
{
	make_tree();
	assert_int_equal(copy(c, "t", "d", OPTIONS(.flags = OVLCP_RECURSIVE)), 0);
	check_file("d/link", "one");
	assert_int_equal(symlink(".", "t/cycle"), 0);
	assert_int_equal(copy(c, "t", "e", OPTIONS(.flags = OVLCP_RECURSIVE)), -ELOOP);
	check_file("e/link", "one");
	assert_true(was_emitted(c, "failed cycle t/cycle>"));
}

static void test_tree_follows_named(struct call *c)
{
	make_tree();
	assert_int_equal(symlink("t", "named"), 0);
	assert_int_equal(copy(c, "named", "d",
			      OPTIONS(.flags = OVLCP_RECURSIVE, .follow = OVLCP_FOLLOW_NAMED)),
			 0);
	check_tree("d");
	assert_int_equal(copy(c, "named", "e", TREES()), 0);
	check_link("e", "t");
}

static void test_tree_of_links(struct call *c)
{
	make_tree();
	assert_int_equal(copy(c, "t", "d",
			      OPTIONS(.flags = OVLCP_RECURSIVE, .make = OVLCP_MAKE_HARD_LINKS,
				      .follow = OVLCP_FOLLOW_NONE)),
			 0);
	assert_true(are_linked("t/file", "d/file"));
	assert_true(are_linked("t/sub/deep", "d/sub/deep"));
	assert_true(are_linked("t/link", "d/link"));
	assert_false(are_linked("t/sub", "d/sub"));
}

static void test_tree_keeps_directory_symlink(struct call *c)
{
	make_tree();
	assert_int_equal(mkdir("d", 0755) | mkdir("real", 0755), 0);
	assert_int_equal(symlink("../real", "d/sub"), 0);
	assert_int_equal(copy(c, "t", "d", TREES()), -ENOTDIR);
	check_link("d/sub", "../real");
	assert_false(exists("real/deep"));
	assert_int_equal(copy(c, "t", "d", TREES(| OVLCP_KEEP_DIRECTORY_SYMLINK)), 0);
	check_link("d/sub", "../real");
	check_file("real/deep", "two");
}

static void test_tree_is_never_asked_about(struct call *c)
{
	make_tree();
	assert_int_equal(mkdir("d", 0755), 0);
	assert_int_equal(copy(c, "t", "d",
			      OPTIONS(.flags = OVLCP_RECURSIVE, .follow = OVLCP_FOLLOW_NONE,
				      .existing = OVLCP_EXISTING_ASK)),
			 0);
	check_tree("d");
	assert_int_equal(c->asked, 0);
}

static void test_tree_fan_out(struct call *c)
{
	static const char *const dst[] = { "x", "y", "x/.." };

	make_tree();
	assert_int_equal(ovlcp_fan_out(c->o, AT_FDCWD, "t", PATHS(dst, 2), TREES()), 0);
	check_tree("x");
	check_tree("y");
}

static void test_parents(struct call *c)
{
	make_tree();
	assert_int_equal(mkdir("p", 0755), 0);
	assert_int_equal(copy(c, "t/sub/deep", "p", OPTIONS(.flags = OVLCP_PARENTS)), 0);
	check_file("p/t/sub/deep", "two");
	check_events(c, "parent t>p/t\n"
			"parent t/sub>p/t/sub\n"
			"begin t/sub/deep>p/t/sub/deep\n"
			"copied data t/sub/deep>p/t/sub/deep\n");
}

/* A cancelled copy ends, and later ones do not begin. */
static void test_cancel(struct call *c)
{
	make_tree();
	c->cancel_at = 1;
	assert_int_equal(copy(c, "t", "d", TREES()), -ECANCELED);
	assert_false(exists("d/file") || exists("d/sub") || exists("d/link"));
	assert_int_equal(copy(c, "t", "e", TREES()), -ECANCELED);
	assert_false(exists("e"));
}

/* What the callback of an event says is heard before anything else happens. */
static void test_cancel_in_fan_out(struct call *c)
{
	static const char *const dst[] = { "b1", "b2", "b3" };

	assert_int_equal(symlink("text", "a"), 0); /* no data, which would be cancelled, too */
	c->cancel_at = 2;
	assert_int_equal(ovlcp_fan_out(c->o, AT_FDCWD, "a", PATHS(dst, 3),
				       OPTIONS(.follow = OVLCP_FOLLOW_NONE)),
			 -ECANCELED);
	check_events(c, "begin a>b1\ncopied symbolic-link a>b1\n");
	check_link("b1", "text");
	assert_false(exists("b2") || exists("b3"));
}

static void test_cancel_in_threads(struct call *c)
{
	char path[32];
	int count = 0;

	assert_int_equal(mkdir("t", 0755), 0);
	for (int i = 0; i < 2000; i++) {
		(void)snprintf(path, sizeof(path), "t/%d", i);
		make_file(path, "text");
	}
	c->cancel_at = 10;
	assert_int_equal(copy(c, "t", "d", TREES(, .jobs = 4)), -ECANCELED);
	for (int i = 0; i < 2000; i++) {
		(void)snprintf(path, sizeof(path), "d/%d", i);
		count += exists(path);
	}
	/* what the threads had in hand: batches of 32, of which at most 24 wait */
	assert_in_range(count, 4, 1000);
}

static void test_cancel_copy_up(struct call *c)
{
	make_tree();
	c->cancel_at = 1;
	assert_int_equal(ovlcp_copy_up(c->o, AT_FDCWD, "t", TREES()), -ECANCELED);
	assert_int_equal(c->count, 1);
}

/* A session that was cancelled copies again after a reset, as one that is new. */
static void test_reset(struct call *c)
{
	const struct ovlcp_options *opt = OPTIONS(.flags = OVLCP_SAME_CALL | OVLCP_INTO_DIRECTORY);

	make_file("a", "text");
	assert_int_equal(mkdir("d", 0755), 0);
	assert_int_equal(copy(c, "a", "d", opt), 0);
	assert_int_equal(copy(c, "a", "d", opt), 0);
	assert_true(was_emitted(c, "skipped source-repeated a>\n"));
	ovlcp_cancel(c->o);
	assert_int_equal(copy(c, "a", "d", opt), -ECANCELED);
	on_event_again(c);
	ovlcp_reset(c->o);
	assert_int_equal(copy(c, "a", "d", opt), 0);
	check_events(c, "begin a>d/a\ncopied data a>d/a\n");
	ovlcp_reset(c->o); /* not only of one that was cancelled */
	assert_int_equal(copy(c, "a", "b", NULL), 0);
	check_file("b", "text");
}

static void test_reset_after_cancelled_tree(struct call *c)
{
	make_tree();
	c->cancel_at = 1;
	assert_int_equal(copy(c, "t", "d", TREES(, .jobs = 2)), -ECANCELED);
	ovlcp_reset(c->o);
	assert_int_equal(copy(c, "t", "d", TREES(, .jobs = 2)), 0);
	assert_int_equal(copy(c, "t", "e", TREES(, .jobs = 2)), 0);
	check_tree("e");
}

static void check_mode(const char *path, mode_t mode)
{
	struct stat st;

	assert_int_equal(lstat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, mode);
}

/* Each call goes by the umask that the program has then: that of the first is not kept. */
static void test_umask(struct call *c)
{
	const struct ovlcp_options *plain = OPTIONS(.flags = OVLCP_DEFAULT_MODE);
	const uint32_t preserve = OVLCP_PRESERVE_MODE | OVLCP_PRESERVE_OWNERSHIP;

	make_tree();
	assert_int_equal(chmod("t/sub/deep", 0666), 0);
	assert_int_equal(copy(c, "t/file", "a", plain), 0);
	assert_int_equal(copy(c, "t", "u", TREES(, .preserve = preserve, .jobs = 1)), 0);
	(void)umask(077);
	assert_int_equal(copy(c, "t/file", "b", plain), 0);
	assert_int_equal(copy(c, "t", "v", TREES(, .preserve = preserve, .jobs = 1)), 0);
	(void)umask(022);
	check_mode("a", 0644);
	check_mode("b", 0600);
	check_mode("u/sub/deep", 0666);
	check_mode("v/file", 0644);
	check_mode("v/sub/deep", 0666);
}

static atomic_bool is_over;

static void *cancel_again_and_again(void *arg)
{
	while (!atomic_load(&is_over)) {
		ovlcp_cancel(arg);
		(void)sched_yield();
	}
	return NULL;
}

/* Another thread may cancel at any moment; the session is of use when it has ended. */
static void test_cancel_and_reset_by_two_threads(struct call *c)
{
	pthread_t thread;
	char path[16];

	make_tree();
	atomic_store(&is_over, false);
	assert_int_equal(pthread_create(&thread, NULL, cancel_again_and_again, c->o), 0);
	for (int i = 0; i < 100; i++) {
		int r;

		(void)snprintf(path, sizeof(path), "d%d", i);
		r = copy(c, "t", path, TREES(, .jobs = 2));
		assert_true(r == 0 || r == -ECANCELED);
		ovlcp_reset(c->o);
	}
	atomic_store(&is_over, true);
	assert_int_equal(pthread_join(thread, NULL), 0);
	ovlcp_reset(c->o);
	assert_int_equal(copy(c, "t", "e", TREES(, .jobs = 2)), 0);
	check_tree("e");
}

/* Events that outlive their callbacks and their session. */

struct kept {
	struct ovlcp_event *list[8];
	size_t count;
};

static void keep_event(const struct ovlcp_event *e, void *payload)
{
	struct kept *k = payload;

	assert_true(k->count < ROWS(k->list));
	assert_int_equal(ovlcp_event_dup(e, &k->list[k->count++]), 0);
}

static void test_kept_events(struct call *c)
{
	struct kept k = { .count = 0 };
	struct ovlcp_event *again = NULL;
	char src[] = "a";
	char dst[] = "b";

	make_file("a", "text");
	make_file("b", "old");
	ovlcp_on_event(c->o, keep_event, &k);
	assert_int_equal(
		copy(c, src, dst, OPTIONS(.backup = OVLCP_BACKUP_SIMPLE, .flags = OVLCP_EXPLAIN)),
		0);
	src[0] = dst[0] = 'x';
	c->o = ovlcp_free(c->o);
	assert_int_equal(k.count, 2);
	assert_int_equal(ovlcp_event_dup(k.list[0], &again), 0);
	k.list[0] = ovlcp_event_free(k.list[0]);
	assert_int_equal(ovlcp_event_type(again), OVLCP_EVENT_BEGIN);
	assert_string_equal(ovlcp_event_source(again), "a");
	assert_string_equal(ovlcp_event_destination(again), "b");
	assert_string_equal(ovlcp_event_other(again), "b~");
	assert_int_equal(ovlcp_event_can_clone(again), -1);
	assert_int_equal(ovlcp_event_type(k.list[1]), OVLCP_EVENT_COPIED);
	assert_string_equal(ovlcp_event_other(k.list[1]), "");
	assert_true(strlen(ovlcp_event_fs(k.list[1], OVLCP_SIDE_SOURCE)) > 0);
	assert_true(strlen(ovlcp_event_fs(k.list[1], OVLCP_SIDE_DESTINATION)) > 0);
	assert_true(strlen(ovlcp_event_rule(k.list[1])) > 0);
	assert_int_equal(ovlcp_event_size(k.list[1]), strlen("text"));
	assert_null(ovlcp_event_free(again));
	assert_null(ovlcp_event_free(k.list[1]));
	assert_null(ovlcp_event_free(NULL));
}

/* Numbers of destinations. */

struct numbers {
	struct {
		uint64_t id;
		char name[48];
		int count;
	} list[2500];
	size_t count;
};

static void number_event(const struct ovlcp_event *e, void *payload)
{
	struct numbers *n = payload;
	const char *name = ovlcp_event_destination(e);
	size_t i = 0;

	while (i < n->count && n->list[i].id != ovlcp_event_id(e)) {
		assert_string_not_equal(n->list[i].name, name);
		i++;
	}
	if (i == n->count) {
		assert_true(n->count++ < ROWS(n->list));
		n->list[i].id = ovlcp_event_id(e);
		assert_true(strlen(name) < sizeof(n->list[i].name));
		strcpy(n->list[i].name, name);
	}
	assert_string_equal(n->list[i].name, name);
	n->list[i].count++;
}

/* Each of @n destinations has one number, and @events events. */
static void check_numbers(const struct numbers *n, size_t count, int events)
{
	assert_int_equal(n->count, count);
	for (size_t i = 0; i < n->count; i++) {
		assert_true(n->list[i].id != 0);
		assert_int_equal(n->list[i].count, events);
	}
}

static int copy_to_three(struct call *c, const char *src, const struct ovlcp_options *opt)
{
	static const char *const dst[] = { "x", "y", "z" };

	return ovlcp_fan_out(c->o, AT_FDCWD, src, PATHS(dst, 3), opt);
}

static void test_numbers_of_fan_out(struct call *c)
{
	static struct numbers n;

	n.count = 0;
	ovlcp_on_event(c->o, number_event, &n);
	make_file("a", "text");
	make_file("y", "old");
	assert_int_equal(copy_to_three(c, "a", OPTIONS(.flags = OVLCP_FORCE)), 0);
	check_numbers(&n, 3, 2);
}

/* A directory ends when other files have come in between. */
static void check_numbers_of_trees(struct call *c, uint32_t jobs)
{
	static struct numbers n;
	char path[32];

	memset(&n, 0, sizeof(n));
	ovlcp_on_event(c->o, number_event, &n);
	make_tree();
	for (int i = 0; i < 500; i++) {
		(void)snprintf(path, sizeof(path), "t/sub/%d", i);
		make_file(path, "text");
	}
	assert_int_equal(copy_to_three(c, "t", TREES(, .jobs = jobs)), 0);
	check_numbers(&n, (500 + 5) * (size_t)3, 2);
}

static void test_numbers_of_trees(struct call *c)
{
	check_numbers_of_trees(c, 1);
}

static void test_numbers_of_threads(struct call *c)
{
	check_numbers_of_trees(c, 4);
}

/* The data of big ones is copied by threads, after the next ones are begun. */
static void test_numbers_of_deferred(struct call *c)
{
	static const char *const src[] = { "one", "two", "three" };
	static struct numbers n;

	n.count = 0;
	ovlcp_on_event(c->o, number_event, &n);
	assert_int_equal(mkdir("d", 0755), 0);
	for (size_t i = 0; i < ROWS(src); i++) {
		make_file(src[i], "text");
		assert_int_equal(truncate(src[i], 2 << 20), 0);
	}
	assert_int_equal(ovlcp_copy_many(c->o, PATHS(src, 3), AT_FDCWD, "d",
					 OPTIONS(.reflink = OVLCP_REFLINK_NEVER, .jobs = 3)),
			 0);
	check_numbers(&n, 3, 2);
	/* another copy of the same session has others */
	assert_int_equal(copy(c, "one", "other", NULL), 0);
	check_numbers(&n, 4, 2);
}

static void test_numbers_of_parents(struct call *c)
{
	static struct numbers n;

	n.count = 0;
	ovlcp_on_event(c->o, number_event, &n);
	make_tree();
	assert_int_equal(mkdir("p", 0755), 0);
	assert_int_equal(copy(c, "t/sub", "p", TREES(| OVLCP_PARENTS)), 0);
	assert_int_equal(n.count, 3); /* p/t, p/t/sub, p/t/sub/deep */
}

static void keep_id(const struct ovlcp_event *e, void *payload)
{
	*(uint64_t *)payload = ovlcp_event_id(e);
}

/* A source that is not there fails for no destination. */
static void test_no_number(struct call *c)
{
	uint64_t id = 1;

	ovlcp_on_event(c->o, keep_id, &id);
	assert_int_equal(copy_to_three(c, "none", NULL), -ENOENT);
	assert_true(id == 0);
	assert_int_equal(mkdir("d", 0755), 0);
	assert_int_equal(copy(c, "d", "x", NULL), -EISDIR);
	assert_true(id == 0);
	make_file("a", "text");
	assert_int_equal(copy(c, "a", "none/x", NULL), -ENOENT);
	assert_true(id != 0);
}

/* A path is looked up anew by each call, whatever the session remembers. */
static void test_moved_parent(struct call *c)
{
	make_file("a", "text");
	assert_int_equal(mkdir("d", 0755), 0);
	assert_int_equal(copy(c, "a", "d/one", NULL), 0);
	assert_int_equal(rename("d", "moved"), 0);
	assert_int_equal(mkdir("d", 0755), 0);
	assert_int_equal(copy(c, "a", "d/two", NULL), 0);
	check_file("d/two", "text");
	assert_false(exists("moved/two"));
}

/* Links of one file. */

#define KEEP_LINKS(...)                                                                            \
	OPTIONS(.preserve = OVLCP_PRESERVE_LINKS, .follow = OVLCP_FOLLOW_NONE, __VA_ARGS__)

static void make_links(void)
{
	assert_int_equal(mkdir("t", 0755), 0);
	make_file("t/a", "text");
	assert_int_equal(link("t/a", "t/b"), 0);
}

/* Move a directory of the destination when the copy is far below it. */
static void move_when_deep(const struct ovlcp_event *e)
{
	const char *path = ovlcp_event_destination(e);
	const char *name = strrchr(path, '/');

	if (ovlcp_event_type(e) == OVLCP_EVENT_BEGIN && name && strcmp(name, "/file") == 0)
		assert_int_equal(rename("d/s/s", "moved"), 0);
}

/* 40 directories, and a file in the lowest. */
static void make_deep_tree(void)
{
	char path[128] = "t";

	assert_int_equal(mkdir(path, 0755), 0);
	for (int i = 0; i < 40; i++) {
		strcat(path, "/s");
		assert_int_equal(mkdir(path, 0755), 0);
	}
	strcat(path, "/file");
	make_file(path, "text");
}

/* What cannot be found again ends the copy there, with an error. */
static void test_moved_destination(struct call *c)
{
	make_deep_tree();
	c->also = move_when_deep;
	assert_int_equal(copy(c, "t", "d", TREES(, .jobs = 1)), -ESTALE);
	assert_true(was_emitted(c, "failed destination-replaced "));
}

/* The same at the source: each directory whose rest is missing is told, and none is complete. */
static void move_source_when_deep(const struct ovlcp_event *e)
{
	const char *path = ovlcp_event_source(e);
	const char *name = strrchr(path, '/');

	if (ovlcp_event_type(e) == OVLCP_EVENT_BEGIN && name && strcmp(name, "/file") == 0)
		assert_int_equal(rename("t/s/s", "moved"), 0);
}

static void test_moved_source(struct call *c)
{
	make_deep_tree();
	c->also = move_source_when_deep;
	assert_int_equal(copy(c, "t", "d", TREES(, .jobs = 1)), -ESTALE);
	assert_true(was_emitted(c, "failed read-directory t>d\n"));
	assert_true(was_emitted(c, "failed read-directory t/s>d/s\n"));
	assert_true(was_emitted(c, "copied directory t/s/s>d/s/s\n"));
	assert_false(was_emitted(c, "failed read-directory t/s/s>"));
	assert_false(was_emitted(c, "copied directory t>"));
	assert_false(was_emitted(c, "copied directory t/s>"));
}

/* The directory whose rest is not reached is told, not the one that was moved. */
static void move_when_skipped(const struct ovlcp_event *e)
{
	if (ovlcp_event_type(e) == OVLCP_EVENT_SKIPPED)
		assert_int_equal(rename("t/s/s", "moved"), 0);
}

static void test_moved_source_of_copy_up(struct call *c)
{
	make_deep_tree();
	c->also = move_when_skipped;
	assert_int_equal(ovlcp_copy_up(c->o, AT_FDCWD, "t", TREES()), -ESTALE);
	assert_true(was_emitted(c, "failed read-directory t/s>\n"));
}

static void test_links_in_tree(struct call *c)
{
	make_links();
	assert_int_equal(copy(c, "t", "d", KEEP_LINKS(.flags = OVLCP_RECURSIVE)), 0);
	assert_true(are_linked("d/a", "d/b"));
	assert_false(are_linked("t/a", "d/a"));
	assert_true(was_emitted(c, "copied hard-link t/"));
	assert_int_equal(copy(c, "t", "e", TREES()), 0);
	assert_false(are_linked("e/a", "e/b"));
}

static void test_links_in_call(struct call *c)
{
	make_links();
	assert_int_equal(mkdir("d", 0755), 0);
	assert_int_equal(copy(c, "t/a", "d/a", KEEP_LINKS(.flags = OVLCP_SAME_CALL)), 0);
	assert_int_equal(copy(c, "t/b", "d/b", KEEP_LINKS(.flags = OVLCP_SAME_CALL)), 0);
	assert_true(are_linked("d/a", "d/b"));
	check_events(c, "begin t/a>d/a\ncopied data t/a>d/a\n"
			"begin t/b>d/b\ncopied hard-link t/b>d/b\n");
}

static void test_links_in_two_calls(struct call *c)
{
	make_links();
	assert_int_equal(mkdir("d", 0755), 0);
	assert_int_equal(copy(c, "t/a", "d/a", KEEP_LINKS(.flags = 0)), 0);
	assert_int_equal(copy(c, "t/b", "d/b", KEEP_LINKS(.flags = 0)), 0);
	assert_false(are_linked("d/a", "d/b"));
	check_file("d/b", "text");
}

/* Calls of several copies. */

static const struct ovlcp_options same_call = { .size = sizeof(same_call),
						.flags = OVLCP_SAME_CALL };

static void make_two(void)
{
	assert_int_equal(mkdir("x", 0755) | mkdir("y", 0755), 0);
	make_file("x/f", "one");
	make_file("y/f", "two");
}

static void test_call_protects_its_own(struct call *c)
{
	make_two();
	assert_int_equal(copy(c, "x/f", "f", &same_call), 0);
	assert_int_equal(copy(c, "y/f", "f", &same_call), -EEXIST);
	check_file("f", "one");
	check_events(c, "begin x/f>f\ncopied data x/f>f\nfailed just-created y/f>f\n");
}

static void test_call_is_asked_for(struct call *c)
{
	make_two();
	assert_int_equal(copy(c, "x/f", "f", &same_call), 0);
	assert_int_equal(copy(c, "y/f", "f", NULL), 0);
	check_file("f", "two");
	/* and what a copy of no call made is not the call's */
	assert_int_equal(copy(c, "y/f", "g", NULL), 0);
	assert_int_equal(copy(c, "x/f", "g", NULL), 0);
	check_file("g", "one");
}

static void test_call_ends_with_its_session(struct call *c)
{
	struct call other;

	make_two();
	assert_int_equal(copy(c, "x/f", "f", &same_call), 0);
	call_init(&other);
	assert_int_equal(copy(&other, "y/f", "f", &same_call), 0);
	check_file("f", "two");
	call_done(&other);
}

static void test_call_keeps_numbered_backups(struct call *c)
{
	const struct ovlcp_options *opt =
		OPTIONS(.flags = OVLCP_SAME_CALL, .backup = OVLCP_BACKUP_NUMBERED);

	make_two();
	assert_int_equal(copy(c, "x/f", "f", opt), 0);
	assert_int_equal(copy(c, "y/f", "f", opt), 0);
	check_file("f", "two");
	check_file("f.~1~", "one");
}

static void test_call_writes_through_no_link_of_its_own(struct call *c)
{
	const struct ovlcp_options *opt =
		OPTIONS(.flags = OVLCP_SAME_CALL, .follow = OVLCP_FOLLOW_NONE);

	make_two();
	make_file("victim", "old");
	assert_int_equal(symlink("victim", "x/link"), 0);
	assert_int_equal(copy(c, "x/link", "f", opt), 0);
	assert_int_equal(copy(c, "y/f", "f", opt), -EEXIST);
	check_link("f", "victim");
	check_file("victim", "old");
	assert_true(was_emitted(c, "failed just-created-link y/f>f\n"));
}

static void test_source_repeated(struct call *c)
{
	make_two();
	assert_int_equal(copy(c, "x/f", "f", &same_call), 0);
	assert_int_equal(copy(c, "x/f", "f", &same_call), 0);
	assert_int_equal(copy(c, "./x//f", "g", &same_call), 0); /* by whatever path */
	assert_false(exists("g"));
	check_events(c, "begin x/f>f\ncopied data x/f>f\n"
			"skipped source-repeated x/f>\n"
			"skipped source-repeated ./x//f>\n");
	assert_int_equal(copy(c, "x/f", "g", NULL), 0); /* not of the call */
	check_file("g", "one");
}

static void test_source_of_another_name_is_not_repeated(struct call *c)
{
	make_two();
	assert_int_equal(link("x/f", "x/g"), 0);
	assert_int_equal(copy(c, "x/f", "f", &same_call), 0);
	assert_int_equal(copy(c, "x/g", "g", &same_call), 0);
	check_file("g", "one");
}

static void test_source_in_another_directory_is_not_repeated(struct call *c)
{
	make_two();
	assert_int_equal(link("x/f", "y/g") | rename("y/g", "y/f"), 0);
	assert_int_equal(copy(c, "x/f", "f", &same_call), 0);
	assert_int_equal(copy(c, "y/f", "g", &same_call), 0);
	check_file("g", "one");
}

static void test_trees_of_a_call_are_merged(struct call *c)
{
	make_two();
	assert_int_equal(copy(c, "x", "d", TREES(| OVLCP_SAME_CALL)), 0);
	assert_int_equal(copy(c, "y", "d", TREES(| OVLCP_SAME_CALL)), 0);
	check_file("d/f", "two");
}

static void test_directory_repeated(struct call *c)
{
	make_tree();
	assert_int_equal(copy(c, "t", "d", TREES(| OVLCP_SAME_CALL)), 0);
	assert_true(was_emitted(c, "copied directory t>d\n"));
	on_event_again(c);
	assert_int_equal(copy(c, "t", "d", TREES(| OVLCP_SAME_CALL)), 0);
	check_events(c, "skipped directory-repeated t>d (d)\n");
	assert_int_equal(copy(c, "t", "e", TREES(| OVLCP_SAME_CALL)), -EMLINK);
	assert_false(exists("e"));
	check_events(c, "failed directory-link t>e (d)\n");
}

/* Fan-out. */

static void test_duplicate(struct call *c)
{
	static const char *const dst[] = { "x", "./x", "y" };

	make_file("a", "text");
	assert_int_equal(ovlcp_fan_out(c->o, AT_FDCWD, "a", PATHS(dst, 3), NULL), 0);
	check_file("x", "text");
	check_file("y", "text");
	assert_true(was_emitted(c, "skipped duplicate a>./x\n"));
}

static void test_fan_out_goes_on(struct call *c)
{
	static const char *const dst[] = { "nowhere/x", "d", "y" };

	make_file("a", "text");
	assert_int_equal(mkdir("d", 0755), 0);
	assert_int_equal(ovlcp_fan_out(c->o, AT_FDCWD, "a", PATHS(dst, 3), NULL), -ENOENT);
	check_file("y", "text");
	check_events(c, "failed create a>nowhere/x\n"
			"failed destination-is-directory a>d\n"
			"begin a>y\ncopied data a>y\n");
}

struct test {
	const char *name;
	void (*run)(struct call *c);
};

static const struct test tests_of_calls[] = {
	{ "a file is copied", test_file },
	{ "a file is overwritten", test_overwrite },
	{ "a file is removed, and that is told", test_remove },
	{ "paths are relative to descriptors", test_by_descriptor },
	{ "a directory receives the file", test_into_directory },
	{ "an existing file is left alone, or a failure", test_update_none },
	{ "an older file is overwritten, a newer one is not", test_update_older },
	{ "an existing file is asked about, a new one is not", test_question },
	{ "a backup is made and named", test_backup },
	{ "a backup gets its name again if there is no copy", test_backup_is_undone },
	{ "hard links are made", test_hard_links },
	{ "symbolic links are made where their text leads somewhere", test_symbolic_links },
	{ "attributes alone make empty files", test_attributes_only },
	{ "a dangling link is written through only where that was asked for", test_dangling },
	{ "a link that was named is followed, or copied", test_follow },
	{ "a FIFO is copied as one", test_fifo },
	{ "holes of its own are a reason not to share", test_sparse },

	{ "a tree is copied", test_tree },
	{ "directories of a tree begin before and are complete after what is in them",
	  test_tree_events },
	{ "a directory receives the tree", test_tree_into_directory },
	{ "a tree is refused where it was not asked for", test_tree_not_asked_for },
	{ "a failure in a tree does not stop the rest", test_tree_goes_on },
	{ "a tree does not take a file's place", test_tree_over_file },
	{ "a tree is not copied into itself for ever", test_tree_into_itself },
	{ "links in a tree are followed, but in no circles", test_tree_follows },
	{ "a link that was named is followed to its tree, and none in it",
	  test_tree_follows_named },
	{ "a tree of hard links has directories of its own", test_tree_of_links },
	{ "a link to a directory counts as one only where that was asked for",
	  test_tree_keeps_directory_symlink },
	{ "a directory is never asked about", test_tree_is_never_asked_about },
	{ "a tree is copied to two places", test_tree_fan_out },
	{ "leading directories are made and told", test_parents },
	{ "a cancelled tree ends", test_cancel },
	{ "a fan-out that a callback cancels makes no other file", test_cancel_in_fan_out },
	{ "threads that a callback cancels begin no other batch", test_cancel_in_threads },
	{ "a copy-up of a tree that a callback cancels ends", test_cancel_copy_up },
	{ "a reset lets a cancelled session copy again", test_reset },
	{ "a reset after a tree that was cancelled", test_reset_after_cancelled_tree },
	{ "the umask is that of each call", test_umask },
	{ "one thread cancels, another one resets and copies",
	  test_cancel_and_reset_by_two_threads },
	{ "a copy of an event outlives callback and session", test_kept_events },
	{ "each destination of a fan-out has a number", test_numbers_of_fan_out },
	{ "so has each file and directory of trees", test_numbers_of_trees },
	{ "so has each file and directory that threads copy", test_numbers_of_threads },
	{ "so has each file whose data threads copy later", test_numbers_of_deferred },
	{ "so has each leading directory", test_numbers_of_parents },
	{ "a source without destinations has none", test_no_number },
	{ "a directory that was moved between two calls", test_moved_parent },
	{ "a directory of the destination that is moved in the midst", test_moved_destination },
	{ "a directory of the source that is moved in the midst", test_moved_source },
	{ "the same while files are copied up", test_moved_source_of_copy_up },

	{ "links in a tree are kept where that was asked for", test_links_in_tree },
	{ "links in a call are kept", test_links_in_call },
	{ "links are not kept from one call to another", test_links_in_two_calls },

	{ "same call: what it made is not overwritten", test_call_protects_its_own },
	{ "same call: only copies that say so belong to it", test_call_is_asked_for },
	{ "same call: it ends with its session", test_call_ends_with_its_session },
	{ "same call: numbered backups keep what it made", test_call_keeps_numbered_backups },
	{ "same call: nothing is written through a link that it made",
	  test_call_writes_through_no_link_of_its_own },
	{ "same call: a source is copied once", test_source_repeated },
	{ "same call: another name is another source",
	  test_source_of_another_name_is_not_repeated },
	{ "same call: the same name in another directory is another source",
	  test_source_in_another_directory_is_not_repeated },
	{ "same call: what is in its trees is overwritten", test_trees_of_a_call_are_merged },
	{ "same call: a directory is copied once", test_directory_repeated },

	{ "a destination that is named twice is copied once", test_duplicate },
	{ "a failure at one destination does not stop the others", test_fan_out_goes_on },
};

/* Not in *state: cmocka would give it to each test in the place of its row. */
static char directory[512];

/* The lowest descriptor that is not in use. */
static int free_fd(void)
{
	int fd = dup(STDERR_FILENO);

	assert_true(fd >= 0);
	close(fd);
	return fd;
}

/* Each test has a directory of its own: what it calls its files is nobody else's business. None
   leaves a descriptor open. */
static void test_in_own_directory(void **state)
{
	const struct test *t = *state;
	const int fd = free_fd();
	char own[16];
	struct call c;

	(void)snprintf(own, sizeof(own), "%zu", (size_t)(t - tests_of_calls));
	assert_int_equal(chdir(directory), 0);
	assert_int_equal(mkdir(own, 0755), 0);
	assert_int_equal(chdir(own), 0);
	call_init(&c);
	t->run(&c);
	call_done(&c);
	assert_int_equal(free_fd(), fd);
}

static int in_a_directory(void **state)
{
	const char *tmp = getenv("TMPDIR");

	(void)state;
	(void)umask(022);
	(void)snprintf(directory, sizeof(directory), "%s/ovl-copy.XXXXXX", tmp ? tmp : "/tmp");
	if (!mkdtemp(directory)) {
		directory[0] = '\0'; /* nothing is to be cleared away */
		return -1;
	}
	return 0;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

static int clear_away(void **state)
{
	(void)state;
	if (!*directory)
		return 0;
	return chdir("/") == 0 ? nftw(directory, remove_one, 16, FTW_DEPTH | FTW_PHYS) : -1;
}

int main(void)
{
	struct CMUnitTest tests[ROWS(tests_of_calls)];

	CASES(tests, tests_of_calls, test_in_own_directory);
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("copy", tests, in_a_directory, clear_away);
}
