/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a walk is made of: paths that grow and shrink, directories by descriptor (lib/walk/), their
 * entries, and the memory of links. In real directories of the current one.
 */
#include "cases.h"

#include "base/pathbuf.h"
#include "sys/sys.h"
#include "walk/dirstack.h"
#include "walk/entries.h"
#include "walk/links.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void test_pathbuf(void **state)
{
	struct pathbuf p = { 0 };

	(void)state;
	assert_int_equal(pathbuf_set(&p, "a//"), 0);
	pathbuf_trim(&p);
	assert_string_equal(p.text, "a/");
	assert_int_equal(pathbuf_push(&p, "b"), 0);
	assert_int_equal(pathbuf_push(&p, "c"), 0);
	assert_string_equal(p.text, "a/b/c");
	pathbuf_cut(&p, strlen("a/b"));
	assert_string_equal(p.text, "a/b");
	for (int i = 0; i < 5000; i++)
		assert_int_equal(pathbuf_push(&p, "name"), 0);
	assert_int_equal(p.len, strlen("a/b") + 5000 * strlen("/name"));
	assert_int_equal(strlen(p.text), p.len);
	pathbuf_done(&p);
}

static void test_links(void **state)
{
	const struct stat a = { .st_dev = 1, .st_ino = 2 };
	const struct stat b = { .st_dev = 2, .st_ino = 1 };
	const struct stat made = { .st_dev = 3, .st_ino = 4 };
	char path[] = "x/y";
	struct links l = { 0 };
	struct links_place place;

	(void)state;
	assert_false(links_find(&l, &a, &place));
	assert_int_equal(links_add(&l, &a, &(struct links_place){ .path = path, .named_len = 2 }),
			 0);
	path[0] = '!'; /* it has its own */
	links_made(&l, &a, &made);
	links_made(&l, &b, &made); /* unknown: nothing happens */
	assert_true(links_find(&l, &a, &place));
	assert_string_equal(place.path, "x/y");
	assert_int_equal(place.named_len, 2);
	assert_int_equal(place.dev, 3);
	assert_int_equal(place.ino, 4);
	assert_false(place.made);
	assert_false(links_find(&l, &b, &place));
	links_forget(&l, &a);
	assert_false(links_find(&l, &a, &place));
	links_done(&l);
}

/* A directory of @n files called 0, 1 ... in the current one; its descriptor. */
static int make_directory(const char *name, int n)
{
	char path[64];
	int fd;

	assert_int_equal(mkdir(name, 0777), 0);
	for (int i = 0; i < n; i++) {
		(void)snprintf(path, sizeof(path), "%s/%d", name, i);
		fd = open(path, O_CREAT | O_WRONLY, 0666);
		assert_true(fd >= 0);
		close(fd);
	}
	fd = sys_open(AT_FDCWD, name, O_RDONLY | O_DIRECTORY, 0);
	assert_true(fd >= 0);
	return fd;
}

/* Every name comes once, also if the rest is kept in memory after @keep_at of them. */
static void check_entries(const char *directory, int n, int keep_at)
{
	int fd = make_directory(directory, n);
	bool *seen = calloc((size_t)n, sizeof(*seen));
	struct entries e = { 0 };
	const char *name;

	assert_non_null(seen);
	for (int i = 0; i < n; i++) {
		if (i == keep_at) {
			assert_int_equal(entries_keep(&e, fd), 0);
			close(fd);
			fd = -EBADF;
		}
		assert_int_equal(entries_next(&e, fd, &name), 1);
		assert_in_range(atoi(name), 0, n - 1);
		assert_false(seen[atoi(name)]);
		seen[atoi(name)] = true;
	}
	assert_int_equal(entries_next(&e, fd, &name), 0);
	assert_int_equal(entries_next(&e, fd, &name), 0);
	entries_done(&e);
	free(seen);
	close(fd);
}

static void test_entries(void **state)
{
	(void)state;
	check_entries("none", 0, -1);
	check_entries("one", 1, -1);
	check_entries("many", 5000, -1);
	check_entries("kept-first", 3000, 0);
	check_entries("kept-later", 3000, 2000);
	check_entries("kept-last", 3000, 2999);
}

/* Enter @name in the lowest directory of @s. */
static void enter(struct dirstack *s, int at_fd, const char *name)
{
	struct stat st;
	int fd;

	assert_int_equal(sys_mkdir(at_fd, name, 0777), 0);
	fd = sys_open(at_fd, name, O_RDONLY | O_DIRECTORY, 0);
	assert_true(fd >= 0);
	assert_int_equal(sys_fstat(fd, &st), 0);
	assert_int_equal(dirstack_push(s, fd, &st), 0);
	assert_true(dirstack_has(s, &st));
}

static void test_dirstack(void **state)
{
	struct dirstack s = { .window = 3 };
	struct stat st[20];

	(void)state;
	for (int i = 0; i < 20; i++) {
		enter(&s, i ? dirstack_top(&s) : AT_FDCWD, i ? "d" : "stack");
		assert_int_equal(sys_fstat(dirstack_top(&s), &st[i]), 0);
	}
	for (int i = 0; i < 20; i++)
		assert_int_equal(dirstack_fd(&s, (size_t)i) >= 0, i >= 17);
	for (int i = 19; i > 0; i--) {
		struct stat now;

		assert_int_equal(dirstack_pop(&s), 0);
		assert_int_equal(sys_fstat(dirstack_top(&s), &now), 0);
		assert_int_equal(now.st_ino, st[i - 1].st_ino);
	}
	assert_int_equal(dirstack_pop(&s), 0);
	assert_false(dirstack_has(&s, &st[0]));
	dirstack_done(&s);
}

static void test_dirstack_that_is_moved(void **state)
{
	struct dirstack s = { .window = 1 };

	(void)state;
	enter(&s, AT_FDCWD, "moved");
	enter(&s, dirstack_top(&s), "a");
	enter(&s, dirstack_top(&s), "b");
	assert_int_equal(rename("moved/a/b", "b"), 0);
	assert_int_equal(dirstack_pop(&s), -ESTALE); /* ".." is another directory now */
	dirstack_done(&s);
}

static int in_a_directory(void **state)
{
	static char name[] = "/tmp/ovl-walk.XXXXXX";

	*state = name;
	return mkdtemp(name) && chdir(name) == 0 ? 0 : -1;
}

static int clear_away(void **state)
{
	char command[64];

	(void)snprintf(command, sizeof(command), "rm -rf '%s'", (const char *)*state);
	return chdir("/") == 0 && system(command) == 0 ? 0 : -1;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pathbuf),
		cmocka_unit_test(test_links),
		cmocka_unit_test(test_entries),
		cmocka_unit_test(test_dirstack),
		cmocka_unit_test(test_dirstack_that_is_moved),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("walk", tests, in_a_directory, clear_away);
}
