/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The directories of a walk by descriptor (lib/walk/dirstack.c) and the entries of each
 * (lib/walk/dir_entries.c), with real files below a temporary directory.
 */
#include "cases.h"

#include "sys/descriptor.h"
#include "sys/names.h"
#include "sys/status.h"
#include "walk/dir_entries.h"
#include "walk/dirstack.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Entries. */

/* The name of the next entry, which is all that most tests need. */
static int next_name(struct dir_entries *e, int fd, const char **ret_name)
{
	struct dir_entry entry;
	int r = dir_entries_next(e, fd, &entry);

	*ret_name = r == 1 ? entry.name : NULL;
	return r;
}

/* Create an empty file. */
static void make_file(int at_fd, const char *name)
{
	int fd = openat(at_fd, name, O_CREAT | O_EXCL | O_WRONLY, 0666);

	assert_true(fd >= 0);
	close(fd);
}

/* Create the directory @name with @n files called 0, 1 ...; returns its descriptor. */
static int make_directory(const char *name, unsigned int n)
{
	char file[16];
	int fd;

	assert_int_equal(mkdir(name, 0777), 0);
	fd = sys_open(AT_FDCWD, name, O_RDONLY | O_DIRECTORY, 0);
	assert_true(fd >= 0);
	for (unsigned int i = 0; i < n; i++) {
		(void)snprintf(file, sizeof(file), "%u", i);
		make_file(fd, file);
	}
	return fd;
}

struct entries_case {
	const char *name;
	unsigned int count;
	unsigned int read_all_at; /* entries returned before dir_entries_read_all; NEVER */
};

#define NEVER UINT32_MAX
#define MANY  3000 /* more than one batch */

static const struct entries_case entries_cases[] = {
	{ "entries: of an empty directory", 0, NEVER },
	{ "entries: one", 1, NEVER },
	{ "entries: more than one batch", MANY, NEVER },
	{ "entries: of an empty directory, read_all", 0, 0 },
	{ "entries: read_all at the start", MANY, 0 },
	{ "entries: read_all after the first", MANY, 1 },
	{ "entries: read_all in the middle", MANY, 2000 },
	{ "entries: read_all before the last", MANY, MANY - 1 },
	{ "entries: read_all after the last", MANY, MANY },
};

/* Every name is returned once; after dir_entries_read_all no descriptor is needed. */
static void test_entries(void **state)
{
	const struct entries_case *c = *state;
	int fd = make_directory(c->name, c->count);
	bool seen[MANY] = { false };
	struct dir_entries e = { 0 };
	const char *name;

	for (unsigned int i = 0; i <= c->count; i++) {
		unsigned long number;

		if (i == c->read_all_at) {
			assert_int_equal(dir_entries_read_all(&e, fd), 0);
			close(fd);
			fd = -EBADF;
		}
		if (i == c->count)
			break;
		assert_int_equal(next_name(&e, fd, &name), 1);
		number = strtoul(name, NULL, 10);
		assert_true(number < c->count && !seen[number]);
		seen[number] = true;
	}
	assert_int_equal(next_name(&e, fd, &name), 0);
	assert_int_equal(next_name(&e, fd, &name), 0);
	dir_entries_done(&e);
	if (fd >= 0)
		close(fd);
}

/* A second dir_entries_read_all reads nothing and loses nothing. */
static void test_read_all_twice(void **state)
{
	int fd = make_directory("twice", 10);
	struct dir_entries e = { 0 };
	const char *name;
	int count = 0;

	(void)state;
	assert_int_equal(dir_entries_read_all(&e, fd), 0);
	close(fd);
	assert_int_equal(next_name(&e, -EBADF, &name), 1);
	assert_int_equal(dir_entries_read_all(&e, -EBADF), 0);
	while (next_name(&e, -EBADF, &name) == 1)
		count++;
	assert_int_equal(count, 9);
	dir_entries_done(&e);
}

/* "." and ".." are left out; other names that begin with a dot are not. */
static void test_dots(void **state)
{
	static const char *const names[] = { "...", "..a", ".a", ". ", "a." };
	int fd = make_directory("dots", 0);
	bool seen[ROWS(names)] = { false };
	struct dir_entries e = { 0 };
	const char *name;

	(void)state;
	for (size_t i = 0; i < ROWS(names); i++)
		make_file(fd, names[i]);
	while (next_name(&e, fd, &name) == 1) {
		size_t i = 0;

		while (i < ROWS(names) && strcmp(names[i], name) != 0)
			i++;
		assert_true(i < ROWS(names) && !seen[i]);
		seen[i] = true;
	}
	for (size_t i = 0; i < ROWS(names); i++)
		assert_true(seen[i]);
	dir_entries_done(&e);
	close(fd);
}

/* d_ino of @name, which on an overlay may differ from st_ino. */
static uint64_t inode_in_directory(int fd, const char *name)
{
	char buffer[32768] __attribute__((aligned(8)));
	int64_t n;

	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	n = sys_getdents(fd, buffer, sizeof(buffer));
	for (int64_t at = 0; at < n;) {
		const struct sys_dirent *d = (const void *)(buffer + at);

		if (strcmp(d->name, name) == 0)
			return d->ino;
		at += d->len;
	}
	fail_msg("%s is not in the directory", name);
	return 0;
}

static void test_order(void **state)
{
	int fd = make_directory("order", 100);
	struct dir_entries e = { 0 };
	uint64_t last = 0;
	const char *name;

	(void)state;
	assert_int_equal(dir_entries_read_all(&e, fd), 0);
	while (next_name(&e, fd, &name) == 1) {
		uint64_t ino = inode_in_directory(fd, name);

		assert_true(last < ino);
		last = ino;
	}
	assert_true(last > 0);
	dir_entries_done(&e);
	close(fd);
}

static void test_longest_name(void **state)
{
	int fd = make_directory("longest", 0);
	struct dir_entries e = { 0 };
	char longest[256] = { 0 };
	const char *name;

	(void)state;
	memset(longest, 'x', sizeof(longest) - 1);
	make_file(fd, longest);
	assert_int_equal(next_name(&e, fd, &name), 1);
	assert_string_equal(name, longest);
	assert_int_equal(dir_entries_read_all(&e, fd), 0);
	assert_int_equal(next_name(&e, fd, &name), 0);
	dir_entries_done(&e);
	close(fd);
}

static void test_not_a_directory(void **state)
{
	struct dir_entries e = { 0 };
	const char *name = NULL;
	int fd = open("/dev/null", O_RDONLY);

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(next_name(&e, fd, &name), -ENOTDIR);
	assert_int_equal(next_name(&e, -EBADF, &name), -EBADF);
	assert_int_equal(dir_entries_read_all(&e, fd), -ENOTDIR);
	assert_null(name);
	dir_entries_done(&e);
	close(fd);
}

static void test_entries_done(void **state)
{
	int fd = make_directory("done", 3);
	int other = make_directory("done-other", 0);
	struct dir_entries e = { 0 };
	const char *name;

	(void)state;
	assert_int_equal(next_name(&e, fd, &name), 1);
	dir_entries_done(&e);
	dir_entries_done(&e);
	assert_int_equal(next_name(&e, other, &name), 0); /* no entry of the first is left */
	dir_entries_done(&e);
	close(other);
	close(fd);
}

/* Directories. */

/* Create @name in the lowest directory of @s and push it; returns its descriptor. */
static int enter(struct dirstack *s, const char *name, struct stat *ret_st)
{
	int at_fd = s->depth ? dirstack_top(s) : AT_FDCWD;
	int taken;
	int fd;

	assert_int_equal(sys_mkdir(at_fd, name, 0777), 0);
	fd = sys_open(at_fd, name, O_RDONLY | O_DIRECTORY, 0);
	assert_true(fd >= 0);
	assert_int_equal(sys_fstat(fd, ret_st), 0);
	taken = fd;
	assert_int_equal(dirstack_push(s, &taken, ret_st), 0);
	assert_int_equal(taken, -EBADF);
	assert_int_equal(dirstack_top(s), fd);
	return fd;
}

static bool is_open(int fd)
{
	return fcntl(fd, F_GETFD) >= 0;
}

static void check_top(const struct dirstack *s, const struct stat *st)
{
	struct stat now;

	assert_int_equal(sys_fstat(dirstack_top(s), &now), 0);
	assert_int_equal(now.st_dev, st->st_dev);
	assert_int_equal(now.st_ino, st->st_ino);
}

struct depth_case {
	const char *name;
	size_t window;
	size_t depth;
};

#define DEPTH 100 /* more levels than are allocated at first */

static const struct depth_case depth_cases[] = {
	{ "dirstack: down and up, one directory open", 1, DEPTH },
	{ "dirstack: down and up, three directories open", 3, DEPTH },
	{ "dirstack: down and up, all directories open", DEPTH, DEPTH },
	{ "dirstack: down and up, more open than there are", 8, 5 },
};

static void test_depth(void **state)
{
	const struct depth_case *c = *state;
	struct dirstack s = { .window = c->window };
	struct stat st[DEPTH];

	for (size_t i = 0; i < c->depth; i++)
		(void)enter(&s, i ? "d" : c->name, &st[i]);
	assert_int_equal(s.depth, c->depth);
	for (size_t i = c->depth - 1; i > 0; i--) {
		assert_int_equal(dirstack_pop(&s), 0);
		assert_int_equal(s.depth, i);
		check_top(&s, &st[i - 1]);
	}
	assert_int_equal(dirstack_pop(&s), 0);
	assert_int_equal(s.depth, 0);
	dirstack_done(&s);
}

static void test_window(void **state)
{
	struct dirstack s = { .window = 3 };
	struct stat st;
	int fds[10];

	(void)state;
	for (size_t i = 0; i < ROWS(fds); i++)
		fds[i] = enter(&s, i ? "d" : "window", &st);
	for (size_t i = 0; i < ROWS(fds); i++) {
		bool open = i >= ROWS(fds) - 3;

		assert_int_equal(dirstack_fd(&s, i), open ? fds[i] : -EBADF);
	}
	dirstack_done(&s);
	for (size_t i = 0; i < ROWS(fds); i++)
		assert_false(is_open(fds[i]));
}

/* Push and pop repeatedly: the open directories are never more than the window. */
static void test_window_after_turns(void **state)
{
	struct dirstack s = { .window = 2 };
	struct stat st;
	char name[16];

	(void)state;
	for (int i = 0; i < 5; i++)
		(void)enter(&s, i ? "d" : "turns", &st);
	for (int i = 0; i < 8; i++) {
		size_t open = 0;

		assert_int_equal(dirstack_pop(&s), 0);
		assert_int_equal(dirstack_pop(&s), 0);
		(void)snprintf(name, sizeof(name), "turn-%d", i);
		(void)enter(&s, name, &st);
		(void)enter(&s, "d", &st);
		for (size_t k = 0; k < s.depth; k++)
			open += dirstack_fd(&s, k) >= 0;
		assert_int_equal(open, 2);
		check_top(&s, &st);
	}
	dirstack_done(&s);
}

static void test_pop_closes(void **state)
{
	struct dirstack s = { .window = 2 };
	struct stat st;
	int fd;

	(void)state;
	(void)enter(&s, "closes", &st);
	fd = enter(&s, "d", &st);
	assert_int_equal(dirstack_pop(&s), 0);
	assert_false(is_open(fd));
	fd = dirstack_top(&s);
	assert_int_equal(dirstack_pop(&s), 0);
	assert_false(is_open(fd));
	dirstack_done(&s);
}

/* ".." of a directory that was moved is another directory than before. */
static void test_moved(void **state)
{
	struct dirstack s = { .window = 1 };
	struct stat st;

	(void)state;
	(void)enter(&s, "moved", &st);
	(void)enter(&s, "a", &st);
	(void)enter(&s, "b", &st);
	assert_int_equal(rename("moved/a/b", "moved/b"), 0);
	assert_int_equal(dirstack_pop(&s), -ESTALE);
	dirstack_done(&s);
}

static void test_moved_in_the_window(void **state)
{
	struct dirstack s = { .window = 2 };
	struct stat st[3];

	(void)state;
	(void)enter(&s, "in-window", &st[0]);
	(void)enter(&s, "a", &st[1]);
	(void)enter(&s, "b", &st[2]);
	assert_int_equal(rename("in-window/a/b", "in-window/b"), 0);
	assert_int_equal(dirstack_pop(&s), 0); /* it is open, so ".." is not needed */
	check_top(&s, &st[1]);
	assert_int_equal(dirstack_pop(&s), 0);
	check_top(&s, &st[0]);
	dirstack_done(&s);
}

/* A directory entered through a symbolic link is not below the directory of the link. */
static void test_entered_by_symlink(void **state)
{
	struct dirstack s = { .window = 1 };
	struct stat st[4];
	int fd;

	(void)state;
	assert_int_equal(mkdir("far", 0777), 0);
	(void)enter(&s, "linking", &st[0]);
	(void)enter(&s, "a", &st[1]);
	fd = sys_open(AT_FDCWD, "far", O_RDONLY | O_DIRECTORY, 0);
	assert_int_equal(sys_fstat(fd, &st[2]), 0);
	assert_int_equal(dirstack_push(&s, &fd, &st[2]), 0);
	(void)enter(&s, "b", &st[3]);
	for (size_t i = 3; i-- > 0;) {
		assert_int_equal(dirstack_pop(&s), 0);
		check_top(&s, &st[i]);
	}
	dirstack_done(&s);
}

/* Each symbolic link holds a directory open: too many are refused without a change. */
static void test_many_symlinks(void **state)
{
	struct dirstack s = { .window = 1 };
	struct stat st[2];
	size_t depth = 0;
	int r;

	(void)state;
	assert_int_equal(mkdir("one", 0777), 0);
	assert_int_equal(mkdir("two", 0777), 0);
	do {
		int fd = sys_open(AT_FDCWD, depth % 2 ? "one" : "two", O_RDONLY | O_DIRECTORY, 0);

		assert_int_equal(sys_fstat(fd, &st[depth % 2]), 0);
		r = dirstack_push(&s, &fd, &st[depth % 2]);
		if (r < 0)
			assert_int_equal(close(fd), 0); /* nothing was changed */
		depth += r == 0;
	} while (r == 0 && depth < 1000);
	assert_int_equal(r, -ELOOP);
	assert_int_equal(depth, 41);
	while (depth-- > 1) {
		assert_int_equal(dirstack_pop(&s), 0);
		check_top(&s, &st[(depth - 1) % 2]);
	}
	(void)enter(&s, "after-links", &st[0]);
	dirstack_done(&s);
}

/* A directory that was renamed within its parent is still the same one. */
static void test_renamed(void **state)
{
	struct dirstack s = { .window = 1 };
	struct stat st[3];

	(void)state;
	(void)enter(&s, "renamed", &st[0]);
	(void)enter(&s, "a", &st[1]);
	(void)enter(&s, "b", &st[2]);
	assert_int_equal(rename("renamed/a", "renamed/c"), 0);
	assert_int_equal(dirstack_pop(&s), 0);
	check_top(&s, &st[1]);
	assert_int_equal(dirstack_pop(&s), 0);
	check_top(&s, &st[0]);
	dirstack_done(&s);
}

/* A directory with search permission only can be opened again. */
static void test_not_readable(void **state)
{
	struct dirstack s = { .window = 1 };
	struct stat st[2];
	bool root = geteuid() == 0;

	(void)state;
	(void)enter(&s, "not-readable", &st[0]);
	(void)enter(&s, "a", &st[1]);
	assert_int_equal(chmod("not-readable", 0111), 0);
	if (root)
		assert_int_equal(seteuid(65534), 0);
	assert_int_equal(open("not-readable", O_RDONLY), -1);
	assert_int_equal(dirstack_pop(&s), 0);
	check_top(&s, &st[0]);
	if (root)
		assert_int_equal(seteuid(0), 0);
	assert_int_equal(chmod("not-readable", 0755), 0);
	dirstack_done(&s);
}

static void test_dirstack_done(void **state)
{
	struct dirstack s = { .window = 2 };
	struct stat st;
	int fd;

	(void)state;
	dirstack_done(&s);
	fd = enter(&s, "used", &st);
	dirstack_done(&s);
	assert_false(is_open(fd));
	dirstack_done(&s);
	assert_int_equal(s.depth, 0);
	assert_int_equal(s.window, 2);
	(void)enter(&s, "used-again", &st);
	check_top(&s, &st);
	dirstack_done(&s);
}

/* Not in *state: cmocka would pass it to each test instead of its row. */
static char directory[512];

static int enter_temporary_directory(void **state)
{
	const char *tmp = getenv("TMPDIR");

	(void)state;
	(void)snprintf(directory, sizeof(directory), "%s/ovl-walk.XXXXXX", tmp ? tmp : "/tmp");
	if (!mkdtemp(directory)) {
		directory[0] = '\0'; /* nothing to remove */
		return -1;
	}
	return chmod(directory, 0755) == 0 && chdir(directory) == 0 ? 0 : -1;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

static int remove_temporary_directory(void **state)
{
	(void)state;
	if (!*directory)
		return 0;
	return chdir("/") == 0 ? nftw(directory, remove_one, 16, FTW_DEPTH | FTW_PHYS) : -1;
}

static const struct CMUnitTest rest[] = {
	cmocka_unit_test(test_read_all_twice),
	cmocka_unit_test(test_dots),
	cmocka_unit_test(test_order),
	cmocka_unit_test(test_longest_name),
	cmocka_unit_test(test_not_a_directory),
	cmocka_unit_test(test_entries_done),
	cmocka_unit_test(test_window),
	cmocka_unit_test(test_window_after_turns),
	cmocka_unit_test(test_pop_closes),
	cmocka_unit_test(test_moved),
	cmocka_unit_test(test_moved_in_the_window),
	cmocka_unit_test(test_entered_by_symlink),
	cmocka_unit_test(test_many_symlinks),
	cmocka_unit_test(test_renamed),
	cmocka_unit_test(test_not_readable),
	cmocka_unit_test(test_dirstack_done),
};

int main(void)
{
	struct CMUnitTest tests[ROWS(entries_cases) + ROWS(depth_cases) + ROWS(rest)];
	struct CMUnitTest *end = tests;

	end = CASES(end, entries_cases, test_entries);
	end = CASES(end, depth_cases, test_depth);
	memcpy(end, rest, sizeof(rest));
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("walk", tests, enter_temporary_directory,
					   remove_temporary_directory);
}
