/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A set of files (lib/base/inodeset.c, lib/base/inode_table.c).
 */
#include "cases.h"

#include "base/inodeset.h"

#include <string.h>

/* A file with this identity; every other byte of its stat is @rest, which must not matter. */
static struct stat make_stat(dev_t dev, ino_t ino, int rest)
{
	struct stat st;

	memset(&st, rest, sizeof(st));
	st.st_dev = dev;
	st.st_ino = ino;
	return st;
}

static void test_empty(void **state)
{
	struct inodeset set = { 0 };
	struct stat a = make_stat(1, 2, 0);

	(void)state;
	assert_false(inodeset_has(&set, &a, ""));
	inodeset_remove(&set, &a, "");
	assert_false(inodeset_has(&set, &a, ""));
	inodeset_done(&set);
}

static void test_identity(void **state)
{
	struct inodeset set = { 0 };
	struct stat a = make_stat(1, 2, 0);
	struct stat again = make_stat(1, 2, 0xff);
	struct stat other_device = make_stat(2, 2, 0);
	struct stat other_inode = make_stat(1, 1, 0);
	struct stat swapped = make_stat(2, 1, 0);

	(void)state;
	assert_int_equal(inodeset_add(&set, &a, ""), 0);
	assert_true(inodeset_has(&set, &a, ""));
	assert_true(inodeset_has(&set, &again, ""));
	assert_false(inodeset_has(&set, &other_device, ""));
	assert_false(inodeset_has(&set, &other_inode, ""));
	assert_false(inodeset_has(&set, &swapped, ""));
	inodeset_done(&set);
}

/* The same inode under another name is another element. */
static void test_names(void **state)
{
	struct inodeset set = { 0 };
	struct stat a = make_stat(1, 2, 0);
	struct stat b = make_stat(1, 3, 0);

	(void)state;
	assert_int_equal(inodeset_add(&set, &a, "dir/a"), 0);
	assert_true(inodeset_has(&set, &a, "dir/a"));
	assert_false(inodeset_has(&set, &a, "dir/b"));
	assert_false(inodeset_has(&set, &b, "dir/a"));
	inodeset_remove(&set, &a, "dir/b");
	assert_true(inodeset_has(&set, &a, "dir/a"));
	assert_int_equal(inodeset_add(&set, &a, "dir/b"), 0);
	inodeset_remove(&set, &a, "dir/a");
	assert_false(inodeset_has(&set, &a, "dir/a"));
	assert_true(inodeset_has(&set, &a, "dir/b"));
	inodeset_done(&set);
}

static void test_whole_name(void **state)
{
	struct inodeset set = { 0 };
	struct stat a = make_stat(1, 2, 0);

	(void)state;
	assert_int_equal(inodeset_add(&set, &a, "ab"), 0);
	assert_false(inodeset_has(&set, &a, ""));
	assert_false(inodeset_has(&set, &a, "a"));
	assert_false(inodeset_has(&set, &a, "abc"));
	assert_false(inodeset_has(&set, &a, "AB"));
	inodeset_done(&set);
}

/* The set has its own copy of the name. */
static void test_name_is_copied(void **state)
{
	struct inodeset set = { 0 };
	struct stat a = make_stat(1, 2, 0);
	char name[] = "name";

	(void)state;
	assert_int_equal(inodeset_add(&set, &a, name), 0);
	name[0] = 'g';
	assert_true(inodeset_has(&set, &a, "name"));
	assert_false(inodeset_has(&set, &a, name));
	inodeset_done(&set);
}

static void test_high_bits(void **state)
{
	struct inodeset set = { 0 };
	struct stat a = make_stat(1, UINT64_C(1) << 32 | 7, 0);
	struct stat low = make_stat(1, 7, 0);

	(void)state;
	assert_int_equal(inodeset_add(&set, &a, ""), 0);
	assert_true(inodeset_has(&set, &a, ""));
	assert_false(inodeset_has(&set, &low, ""));
	inodeset_done(&set);
}

static void test_inode_same(void **state)
{
	struct stat a = make_stat(1, 2, 0);
	struct stat again = make_stat(1, 2, 0xff);
	struct stat other_device = make_stat(2, 2, 0);
	struct stat other_inode = make_stat(1, 1, 0);

	(void)state;
	assert_true(inode_same(&a, &again));
	assert_false(inode_same(&a, &other_device));
	assert_false(inode_same(&a, &other_inode));
}

static void test_remove(void **state)
{
	struct inodeset set = { 0 };
	struct stat a = make_stat(1, 2, 0);
	struct stat b = make_stat(1, 3, 0);

	(void)state;
	assert_int_equal(inodeset_add(&set, &a, ""), 0);
	assert_int_equal(inodeset_add(&set, &b, ""), 0);
	inodeset_remove(&set, &a, "");
	assert_false(inodeset_has(&set, &a, ""));
	assert_true(inodeset_has(&set, &b, ""));
	inodeset_remove(&set, &a, "");
	assert_int_equal(inodeset_add(&set, &a, ""), 0);
	assert_true(inodeset_has(&set, &a, ""));
	inodeset_done(&set);
}

/* Added twice and removed once, it is gone: the filesystem may use the number again. */
static void test_twice(void **state)
{
	struct inodeset set = { 0 };
	struct stat a = make_stat(1, 2, 0);

	(void)state;
	assert_int_equal(inodeset_add(&set, &a, ""), 0);
	assert_int_equal(inodeset_add(&set, &a, ""), 0);
	inodeset_remove(&set, &a, "");
	assert_false(inodeset_has(&set, &a, ""));
	inodeset_done(&set);
}

static void test_many(void **state)
{
	enum {
		MANY = 20000
	};
	struct inodeset set = { 0 };

	(void)state;
	for (unsigned int i = 0; i < MANY; i++) {
		struct stat st = make_stat(i % 3, i / 3, 0);

		assert_int_equal(inodeset_add(&set, &st, ""), 0);
	}
	for (unsigned int i = 0; i < MANY; i += 2) {
		struct stat st = make_stat(i % 3, i / 3, 0);

		inodeset_remove(&set, &st, "");
	}
	for (unsigned int i = 0; i < MANY; i++) {
		struct stat st = make_stat(i % 3, i / 3, 0);

		assert_int_equal(inodeset_has(&set, &st, ""), i % 2);
	}
	inodeset_done(&set);
}

static void test_done_is_empty(void **state)
{
	struct inodeset set = { 0 };
	struct stat a = make_stat(1, 2, 0);

	(void)state;
	assert_int_equal(inodeset_add(&set, &a, ""), 0);
	inodeset_done(&set);
	assert_false(inodeset_has(&set, &a, ""));
	assert_int_equal(inodeset_add(&set, &a, ""), 0);
	assert_true(inodeset_has(&set, &a, ""));
	inodeset_done(&set);
	inodeset_done(&set);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),	       cmocka_unit_test(test_whole_name),
		cmocka_unit_test(test_name_is_copied), cmocka_unit_test(test_empty),
		cmocka_unit_test(test_identity),       cmocka_unit_test(test_high_bits),
		cmocka_unit_test(test_inode_same),     cmocka_unit_test(test_remove),
		cmocka_unit_test(test_twice),	       cmocka_unit_test(test_many),
		cmocka_unit_test(test_done_is_empty),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("inodeset", tests, NULL, NULL);
}
