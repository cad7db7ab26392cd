/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which destination a source was copied to (lib/walk/copied_map.c).
 */
#include "cases.h"

#include "walk/copied_map.h"

#include <stdio.h>
#include <string.h>

/* A source with this identity; every other byte of its stat is @rest, which must not matter. */
static struct stat make_stat(dev_t dev, ino_t ino, int rest)
{
	struct stat st;

	memset(&st, rest, sizeof(st));
	st.st_dev = dev;
	st.st_ino = ino;
	return st;
}

static void add(struct copied_map *map, const struct stat *st, const char *path)
{
	const struct copied_dest dest = { .path = path };

	assert_int_equal(copied_map_add(map, st, COPIED_BY_NUMBER, &dest), 0);
}

/* The destination of @st is @path; NULL: it is not in the map. */
static void check(const struct copied_map *map, const struct stat *st, const char *path)
{
	struct copied_dest dest = { 0 };

	assert_int_equal(copied_map_find(map, st, COPIED_BY_NUMBER, &dest), path != NULL);
	if (path)
		assert_string_equal(dest.path, path);
	else
		assert_null(dest.path); /* not found: nothing was written */
}

static void test_empty(void **state)
{
	struct copied_map map = { 0 };
	struct stat a = make_stat(1, 2, 0);

	(void)state;
	check(&map, &a, NULL);
	copied_map_done(&map);
}

static void test_identity(void **state)
{
	struct copied_map map = { 0 };
	struct stat a = make_stat(1, 2, 0);
	struct stat again = make_stat(1, 2, 0xff);
	struct stat other_device = make_stat(2, 2, 0);
	struct stat other_inode = make_stat(1, 1, 0);
	struct stat swapped = make_stat(2, 1, 0);

	(void)state;
	add(&map, &a, "dir/a");
	check(&map, &a, "dir/a");
	check(&map, &again, "dir/a");
	check(&map, &other_device, NULL);
	check(&map, &other_inode, NULL);
	check(&map, &swapped, NULL);
	copied_map_done(&map);
}

static void test_high_bits(void **state)
{
	struct copied_map map = { 0 };
	struct stat a = make_stat(1, UINT64_C(1) << 32 | 7, 0);
	struct stat low = make_stat(1, 7, 0);

	(void)state;
	add(&map, &a, "a");
	check(&map, &a, "a");
	check(&map, &low, NULL);
	copied_map_done(&map);
}

static void test_every_field_is_copied(void **state)
{
	struct copied_map map = { 0 };
	struct stat a = make_stat(1, 2, 0);
	char path[] = "named/dir/a";
	const struct copied_dest dest = {
		.path = path, .named_len = 6, .dev = 3, .ino = 4, .made = true
	};
	struct copied_dest found = { 0 };

	(void)state;
	assert_int_equal(copied_map_add(&map, &a, COPIED_BY_NUMBER, &dest), 0);
	memset(path, 'x', strlen(path));
	assert_true(copied_map_find(&map, &a, COPIED_BY_NUMBER, &found));
	assert_string_equal(found.path, "named/dir/a");
	assert_int_equal(found.named_len, 6);
	assert_int_equal(found.dev, 3);
	assert_int_equal(found.ino, 4);
	assert_true(found.made);
	copied_map_done(&map);
}

static void test_add_replaces(void **state)
{
	struct copied_map map = { 0 };
	struct stat a = make_stat(1, 2, 0);

	(void)state;
	add(&map, &a, "first, and longer");
	add(&map, &a, "second");
	check(&map, &a, "second");
	copied_map_done(&map);
}

/* The path of the old entry may be the path of the new one. */
static void test_add_what_was_found(void **state)
{
	struct copied_map map = { 0 };
	struct stat a = make_stat(1, 2, 0);
	struct copied_dest found = { 0 };

	(void)state;
	add(&map, &a, "dir/a");
	assert_true(copied_map_find(&map, &a, COPIED_BY_NUMBER, &found));
	found.made = true;
	assert_int_equal(copied_map_add(&map, &a, COPIED_BY_NUMBER, &found), 0);
	check(&map, &a, "dir/a");
	copied_map_done(&map);
}

static void test_many(void **state)
{
	enum {
		MANY = 20000
	};
	struct copied_map map = { 0 };
	char path[16];

	(void)state;
	for (unsigned int i = 0; i < MANY; i++) {
		struct stat st = make_stat(i % 3, i / 3, 0);

		snprintf(path, sizeof(path), "%u", i);
		add(&map, &st, path);
	}
	for (unsigned int i = 0; i < MANY; i++) {
		struct stat st = make_stat(i % 3, i / 3, 0);

		snprintf(path, sizeof(path), "%u", i);
		check(&map, &st, path);
	}
	copied_map_done(&map);
}

static void test_done_is_empty(void **state)
{
	struct copied_map map = { 0 };
	struct stat a = make_stat(1, 2, 0);

	(void)state;
	add(&map, &a, "a");
	copied_map_done(&map);
	check(&map, &a, NULL);
	add(&map, &a, "again");
	check(&map, &a, "again");
	copied_map_done(&map);
	copied_map_done(&map);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_empty),	     cmocka_unit_test(test_identity),
		cmocka_unit_test(test_high_bits),    cmocka_unit_test(test_every_field_is_copied),
		cmocka_unit_test(test_add_replaces), cmocka_unit_test(test_add_what_was_found),
		cmocka_unit_test(test_many),	     cmocka_unit_test(test_done_is_empty),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("copied_map", tests, NULL, NULL);
}
