/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who shares what, and the picture of it (cmd/stat/extent_overlap.c, map.c).
 */
#include "cases.h"

#include "stat/extent_overlap.h"
#include "stat/map.h"

#include <stdlib.h>
#include <string.h>

#define K UINT64_C(4096)

/* Extents in blocks: logical, physical, length; shared; with a place or not; compressed. */
#define AT(l, p, n)                                                                                \
	{                                                                                          \
		(l) * K, (p)*K, (n)*K, false, true, false                                          \
	}
#define SHARED(l, p, n)                                                                            \
	{                                                                                          \
		(l) * K, (p)*K, (n)*K, true, true, false                                           \
	}
#define NOWHERE(l, n)                                                                              \
	{                                                                                          \
		(l) * K, 0, (n)*K, false, false, false                                             \
	}
#define PACKED(l, p, n)                                                                            \
	{                                                                                          \
		(l) * K, (p)*K, (n)*K, true, true, true                                            \
	}

#define FILE(blocks, device, ...)                                                                  \
	{                                                                                          \
		(blocks) * K, (const struct ovlcp_extent[]){ __VA_ARGS__ },                        \
			sizeof((const struct ovlcp_extent[]){ __VA_ARGS__ }) /                     \
				sizeof(struct ovlcp_extent),                                       \
			true, device                                                               \
	}

struct map_case {
	const char *name;
	struct overlap_file files[4];
	size_t n;
	size_t width;
	/* the rows, without letters */
	const char *rows;
	/* lines of the legend that must be there */
	const char *legend;
};

/* Ten columns and two: a block is a character in files of ten blocks. */
static const struct map_case cases[] = {
	{ "map: one file of its own",
	  { FILE(10, 1, AT(0, 100, 10)) },
	  1,
	  12,
	  "----------\n",
	  "  -    40.0 KiB  not shared\n" },
	{ "map: two files share all",
	  { FILE(10, 1, SHARED(0, 100, 10)), FILE(10, 1, SHARED(0, 100, 10)) },
	  2,
	  12,
	  "##########\n##########\n",
	  "  #    40.0 KiB  A+B share it\n" },
	{ "map: the middle was rewritten",
	  { FILE(10, 1, SHARED(0, 100, 4), AT(4, 300, 2), SHARED(6, 106, 4)),
	    FILE(10, 1, SHARED(0, 100, 10)) },
	  2,
	  12,
	  "####--####\n####oo####\n",
	  "  o     8.0 KiB  shared, but not with the other files shown here\n" },
	{ "map: at other offsets",
	  { FILE(10, 1, SHARED(0, 100, 10)), FILE(10, 1, SHARED(5, 102, 3)) },
	  2,
	  12,
	  "oo###ooooo\n.....###..\n",
	  "  .    28.0 KiB  hole\n" },
	{ "map: sets of two and three, the larger first",
	  { FILE(10, 1, SHARED(0, 100, 10)), FILE(10, 1, SHARED(0, 100, 3), AT(3, 500, 7)),
	    FILE(10, 1, SHARED(0, 100, 10)) },
	  3,
	  12,
	  "%%%#######\n%%%-------\n%%%#######\n",
	  "  #    28.0 KiB  A+C share it\n  %    12.0 KiB  A+B+C share it\n" },
	{ "map: the same place on another device is another place",
	  { FILE(10, 1, AT(0, 100, 10)), FILE(10, 2, AT(0, 100, 10)) },
	  2,
	  12,
	  "----------\n----------\n",
	  "  -    80.0 KiB  not shared\n" },
	{ "map: without a place nothing can be compared",
	  { FILE(10, 1, NOWHERE(0, 10)), FILE(10, 1, NOWHERE(0, 5)) },
	  2,
	  12,
	  "?\?\?\?\?\?\?\?\?\?\n?\?\?\?\?.....\n",
	  "  ?    60.0 KiB  location unknown" },
	{ "map: compressed units count whole, and not by their length",
	  { FILE(10, 1, PACKED(0, 100, 5), PACKED(5, 101, 5)),
	    FILE(10, 1, PACKED(0, 101, 5), PACKED(5, 102, 5)) },
	  2,
	  12,
	  "ooooo#####\n#####ooooo\n",
	  "  #    20.0 KiB  A+B share it\n" },
	{ "map: a file that has the same blocks twice",
	  { FILE(10, 1, SHARED(0, 100, 5), SHARED(5, 100, 5)), FILE(10, 1, SHARED(0, 100, 5)) },
	  2,
	  12,
	  "##########\n#####.....\n",
	  "A+B share it\n" },
	{ "map: a small file beside a large one",
	  { FILE(100, 1, AT(0, 1000, 100)), FILE(5, 1, AT(0, 100, 5)) },
	  2,
	  12,
	  "----------\n-\n",
	  "One character is 40.0 KiB of" },
	{ "map: an empty file",
	  { { 0, NULL, 0, true, 1 }, FILE(10, 1, AT(0, 1, 10)) },
	  2,
	  12,
	  "\n----------\n",
	  "A     0 bytes  a\n" },
	{ "map: nothing but an empty file",
	  { { 0, NULL, 0, true, 1 } },
	  1,
	  12,
	  "\n",
	  "One character is 1 byte of" },
	{ "map: a filesystem that does not tell",
	  { { 10 * K, NULL, 0, false, 1 } },
	  1,
	  12,
	  "?\?\?\?\?\?\?\?\?\?\n",
	  "  ?    40.0 KiB  location unknown" },
	{ "map: what lies behind the end does not count",
	  { FILE(1, 1, SHARED(0, 100, 8)), FILE(10, 1, SHARED(0, 100, 10)) },
	  2,
	  12,
	  "#\n#ooooooooo\n",
	  "  #     4.0 KiB  A+B share it\n" },
	{ "map: an extent behind the end",
	  { FILE(10, 1, AT(0, 100, 10), AT(20, 200, 5)) },
	  1,
	  12,
	  "----------\n",
	  "  -    40.0 KiB  not shared\n" },
	{ "map: a character shows what most of it is",
	  { FILE(20, 1, SHARED(0, 100, 2), AT(2, 300, 18)), FILE(20, 1, SHARED(0, 100, 3)) },
	  2,
	  12,
	  "#---------\n#o........\n",
	  "  .    68.0 KiB  hole\n" },
	{ "map: a terminal too narrow for it",
	  { FILE(10, 1, AT(0, 100, 10)) },
	  1,
	  1,
	  "----------\n",
	  "  -    40.0 KiB  not shared\n" },
	{ "map: a place at the end of all numbers",
	  { { 10 * K,
	      (const struct ovlcp_extent[]){ { 0, UINT64_MAX - K, 10 * K, true, true, false } }, 1,
	      true, 1 } },
	  1,
	  12,
	  "?\?\?\?\?\?\?\?\?\?\n",
	  "location unknown" },
};

static const char *const names[] = { "a", "b", "c", "d" };

/* The rows of a picture: the lines that begin with a letter and one space. To be freed. */
static char *rows_of(const char *picture)
{
	char *rows = calloc(1, strlen(picture) + 1);
	size_t len = 0;

	assert_non_null(rows);
	for (const char *line = picture; *line; line += strcspn(line, "\n") + 1)
		if (line[0] >= 'A' && line[0] <= 'Z' && line[1] == ' ' && line[2] != ' ') {
			size_t n = strcspn(line + 2, "\n") + 1;

			memcpy(rows + len, line + 2, n);
			len += n;
		}
	return rows;
}

static void test_map(void **state)
{
	const struct map_case *c = *state;
	const struct map_style style = { c->width, false };
	char *picture = map_draw(c->files, names, c->n, &style);
	char *rows;

	assert_non_null(picture);
	rows = rows_of(picture);
	assert_string_equal(rows, c->rows);
	if (!strstr(picture, c->legend))
		fail_msg("not in the picture: %s\n%s", c->legend, picture);
	free(rows);
	free(picture);
}

static void test_block_characters(void **state)
{
	const struct overlap_file files[] = { FILE(10, 1, SHARED(0, 100, 10)),
					      FILE(10, 1, SHARED(0, 100, 5)) };
	const struct map_style style = { 12, true };
	char *picture = map_draw(files, names, 2, &style);

	(void)state;
	assert_non_null(picture);
	assert_non_null(strstr(picture, "A █████ooooo\nB █████·····\n"));
	free(picture);
}

/* More sets than characters: file 0 shares one block with each combination of the others. */
static void test_more_sets_than_characters(void **state)
{
	enum {
		FILES = 7,
		SETS = (1 << (FILES - 1)) - 1
	};
	static struct ovlcp_extent extents[FILES][SETS];
	static const char *const letters[FILES] = { "a", "b", "c", "d", "e", "f", "g" };
	struct overlap_file files[FILES];
	const struct map_style style = { 80, false };
	char *picture;

	(void)state;
	for (size_t i = 0; i < FILES; i++)
		files[i] = (struct overlap_file){ SETS * K, extents[i], 0, true, 1 };
	for (uint64_t set = 1; set <= SETS; set++)
		for (size_t i = 0; i < FILES; i++)
			if (i == 0 || set & UINT64_C(1) << (i - 1))
				extents[i][files[i].extent_count++] =
					(struct ovlcp_extent)SHARED(set - 1, 100 + set, 1);
	picture = map_draw(files, letters, FILES, &style);
	assert_non_null(picture);
	assert_non_null(strstr(picture, "other sets of these files\n"));
	free(picture);
}

/* Hundreds of thousands of extents: were it not sorted, this would not end. */
static void test_many_extents(void **state)
{
	enum {
		MANY = 300000
	};
	struct ovlcp_extent *one = calloc(MANY, sizeof(*one));
	struct ovlcp_extent *all = calloc(1, sizeof(*all));
	struct overlap_file files[2];
	struct overlap s;

	(void)state;
	assert_true(one && all);
	for (uint64_t i = 0; i < MANY; i++) /* every other block, backwards on the device */
		one[i] = (struct ovlcp_extent)SHARED(2 * i, MANY - i, 1);
	all[0] = (struct ovlcp_extent)SHARED(0, 0, 2 * MANY);
	files[0] = (struct overlap_file){ 2 * MANY * K, one, MANY, true, 1 };
	files[1] = (struct overlap_file){ 2 * MANY * K, all, 1, true, 1 };
	assert_int_equal(overlap_find(files, 2, &s), 0);
	assert_int_equal(s.set_count, 1);
	assert_int_equal(s.sets[0].bytes, MANY * K);
	assert_int_equal(s.pieces[0].count, 2 * MANY);
	assert_int_equal(s.pieces[1].count, 3); /* before, shared, after */
	overlap_done(&s);
	free(one);
	free(all);
}

int main(void)
{
	struct CMUnitTest tests[ROWS(cases) + 3];
	struct CMUnitTest *end = CASES(tests, cases, test_map);

	*end++ = (struct CMUnitTest)cmocka_unit_test(test_block_characters);
	*end++ = (struct CMUnitTest)cmocka_unit_test(test_more_sets_than_characters);
	*end = (struct CMUnitTest)cmocka_unit_test(test_many_extents);
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("map", tests, NULL, NULL);
}
