/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What has become of sources that may be met again (lib/walk/copied_map.c).
 */
#include "cases.h"

#include "walk/copied_map.h"

#include <stdio.h>
#include <string.h>

/* A source of device @dev; what does not identify it is @rest, which must not matter. */
static struct stat source(dev_t dev, ino_t ino, int rest)
{
	struct stat st;

	memset(&st, rest, sizeof(st));
	st.st_dev = dev;
	st.st_ino = ino;
	return st;
}

static void add(struct copied_map *l, const struct stat *st, const char *path)
{
	const struct copied_dest place = { .path = path };

	assert_int_equal(copied_map_add(l, st, &place), 0);
}

/* It went to @path, or nowhere if that is NULL. */
static void check(const struct copied_map *l, const struct stat *st, const char *path)
{
	struct copied_dest place = { 0 };

	assert_int_equal(copied_map_find(l, st, &place), path != NULL);
	if (path)
		assert_string_equal(place.path, path);
	else
		assert_null(place.path); /* nothing found, nothing written */
}

static void test_nothing_is_known(void **state)
{
	struct copied_map l = { 0 };
	struct stat a = source(1, 2, 0);

	(void)state;
	check(&l, &a, NULL);
	copied_map_forget(&l, &a);
	copied_map_set_identity(&l, &a, &a);
	check(&l, &a, NULL);
	copied_map_done(&l);
}

static void test_identity(void **state)
{
	struct copied_map l = { 0 };
	struct stat a = source(1, 2, 0);
	struct stat again = source(1, 2, 0xff);
	struct stat other_device = source(2, 2, 0);
	struct stat other_inode = source(1, 1, 0);
	struct stat swapped = source(2, 1, 0);

	(void)state;
	add(&l, &a, "dir/a");
	check(&l, &a, "dir/a");
	check(&l, &again, "dir/a");
	check(&l, &other_device, NULL);
	check(&l, &other_inode, NULL);
	check(&l, &swapped, NULL);
	copied_map_done(&l);
}

static void test_high_bits(void **state)
{
	struct copied_map l = { 0 };
	struct stat a = source(1, UINT64_C(1) << 32 | 7, 0);
	struct stat low = source(1, 7, 0);

	(void)state;
	add(&l, &a, "a");
	check(&l, &a, "a");
	check(&l, &low, NULL);
	copied_map_done(&l);
}

static void test_all_of_the_place_is_kept(void **state)
{
	struct copied_map l = { 0 };
	struct stat a = source(1, 2, 0);
	char path[] = "named/dir/a";
	const struct copied_dest place = {
		.path = path, .named_len = 6, .dev = 3, .ino = 4, .made = true
	};
	struct copied_dest found = { 0 };

	(void)state;
	assert_int_equal(copied_map_add(&l, &a, &place), 0);
	memset(path, 'x', strlen(path));
	assert_true(copied_map_find(&l, &a, &found));
	assert_string_equal(found.path, "named/dir/a");
	assert_int_equal(found.named_len, 6);
	assert_int_equal(found.dev, 3);
	assert_int_equal(found.ino, 4);
	assert_true(found.made);
	copied_map_done(&l);
}

static void test_last_place_counts(void **state)
{
	struct copied_map l = { 0 };
	struct stat a = source(1, 2, 0);

	(void)state;
	add(&l, &a, "first, and longer");
	add(&l, &a, "second");
	check(&l, &a, "second");
	copied_map_forget(&l, &a);
	check(&l, &a, NULL); /* the first one does not come back */
	copied_map_done(&l);
}

static void test_made(void **state)
{
	struct copied_map l = { 0 };
	struct stat a = source(1, 2, 0);
	struct stat b = source(1, 3, 0);
	struct stat dst = source(7, 8, 0);
	struct copied_dest found = { 0 };

	(void)state;
	add(&l, &a, "a");
	add(&l, &b, "b");
	copied_map_set_identity(&l, &a, &dst);
	assert_true(copied_map_find(&l, &a, &found));
	assert_string_equal(found.path, "a");
	assert_int_equal(found.dev, 7);
	assert_int_equal(found.ino, 8);
	assert_false(found.made);
	assert_true(copied_map_find(&l, &b, &found));
	assert_int_equal(found.dev, 0);
	assert_int_equal(found.ino, 0);
	check(&l, &dst, NULL);
	copied_map_done(&l);
}

static void test_forget(void **state)
{
	struct copied_map l = { 0 };
	struct stat a = source(1, 2, 0);
	struct stat b = source(1, 3, 0);

	(void)state;
	add(&l, &a, "a");
	add(&l, &b, "b");
	copied_map_forget(&l, &a);
	check(&l, &a, NULL);
	check(&l, &b, "b");
	add(&l, &a, "again");
	check(&l, &a, "again");
	copied_map_done(&l);
}

static void test_many(void **state)
{
	enum {
		MANY = 20000
	};
	struct copied_map l = { 0 };
	char path[16];

	(void)state;
	for (unsigned int i = 0; i < MANY; i++) {
		struct stat st = source(i % 3, i / 3, 0);

		snprintf(path, sizeof(path), "%u", i);
		add(&l, &st, path);
	}
	for (unsigned int i = 0; i < MANY; i += 2) {
		struct stat st = source(i % 3, i / 3, 0);

		copied_map_forget(&l, &st);
	}
	for (unsigned int i = 0; i < MANY; i++) {
		struct stat st = source(i % 3, i / 3, 0);

		snprintf(path, sizeof(path), "%u", i);
		check(&l, &st, i % 2 ? path : NULL);
	}
	copied_map_done(&l);
}

static void test_done_knows_nothing(void **state)
{
	struct copied_map l = { 0 };
	struct stat a = source(1, 2, 0);

	(void)state;
	add(&l, &a, "a");
	copied_map_done(&l);
	check(&l, &a, NULL);
	add(&l, &a, "again");
	check(&l, &a, "again");
	copied_map_done(&l);
	copied_map_done(&l);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nothing_is_known),
		cmocka_unit_test(test_identity),
		cmocka_unit_test(test_high_bits),
		cmocka_unit_test(test_all_of_the_place_is_kept),
		cmocka_unit_test(test_last_place_counts),
		cmocka_unit_test(test_made),
		cmocka_unit_test(test_forget),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_done_knows_nothing),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("links", tests, NULL, NULL);
}
