/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The smaller parts of ovl-stat: places that can be compared, sizes, columns (cmd/stat/).
 */
#include "cases.h"

#include "size.h"
#include "stat/place.h"
#include "wrap.h"

#include <stdlib.h>
#include <string.h>

struct place_case {
	const char *name;
	struct place a;
	struct place b;
	enum place_relation relation;
};

#define PLAIN(device, type, uuid)                                                                  \
	{                                                                                          \
		device, 0, false, type, uuid                                                       \
	}
#define ON_UPPER(overlay, device, uuid)                                                            \
	{                                                                                          \
		device, overlay, false, "xfs", uuid                                                \
	}
#define ON_LOWER(overlay, device, only, uuid)                                                      \
	{                                                                                          \
		device, overlay, only, "ext4", uuid                                                \
	}
#define NOWHERE(overlay)                                                                           \
	{                                                                                          \
		0, overlay, false, "", ""                                                          \
	}

static const struct place_case place_cases[] = {
	{ "place: one device", PLAIN(1, "xfs", ""), PLAIN(1, "xfs", ""), PLACE_SAME },
	{ "place: two devices", PLAIN(1, "xfs", "u"), PLAIN(2, "xfs", "v"), PLACE_DIFFERENT },
	{ "place: a copied device has the same UUID", PLAIN(1, "xfs", "u"), PLAIN(2, "xfs", "u"),
	  PLACE_DIFFERENT },
	{ "place: two subvolumes of btrfs", PLAIN(1, "btrfs", "u"), PLAIN(2, "btrfs", "u"),
	  PLACE_SAME },
	{ "place: two of btrfs", PLAIN(1, "btrfs", "u"), PLAIN(2, "btrfs", "v"), PLACE_DIFFERENT },
	{ "place: two of btrfs, of which nothing is known", PLAIN(1, "btrfs", ""),
	  PLAIN(2, "btrfs", ""), PLACE_DIFFERENT },
	{ "place: twice on the upper layer", ON_UPPER(7, 3, ""), ON_UPPER(7, 3, ""), PLACE_SAME },
	{ "place: upper and lower layer", ON_UPPER(7, 3, ""), ON_LOWER(7, 4, true, ""),
	  PLACE_DIFFERENT },
	{ "place: a lower layer on the filesystem of the upper one", ON_UPPER(7, 3, ""),
	  ON_LOWER(7, 3, false, ""), PLACE_SAME },
	{ "place: upper and lower layer, all numbers alike", ON_UPPER(7, 3, ""),
	  ON_LOWER(7, 0, true, ""), PLACE_UNKNOWN },
	{ "place: ... but their UUIDs are known", ON_UPPER(7, 3, "u"), ON_LOWER(7, 0, true, "v"),
	  PLACE_DIFFERENT },
	{ "place: ... and are one", ON_UPPER(7, 3, "u"), ON_LOWER(7, 0, true, "u"), PLACE_SAME },
	{ "place: twice on the only lower layer", ON_LOWER(7, 0, true, ""),
	  ON_LOWER(7, 0, true, ""), PLACE_SAME },
	{ "place: on one of several lower layers", ON_LOWER(7, 0, false, ""),
	  ON_LOWER(7, 0, false, ""), PLACE_UNKNOWN },
	{ "place: two overlays", ON_UPPER(7, 3, ""), ON_UPPER(8, 5, ""), PLACE_UNKNOWN },
	{ "place: two overlays on one filesystem", ON_UPPER(7, 3, "u"), ON_UPPER(8, 5, "u"),
	  PLACE_SAME },
	{ "place: lower layers of two overlays", ON_LOWER(7, 0, true, ""), ON_LOWER(8, 0, true, ""),
	  PLACE_UNKNOWN },
	{ "place: upper layer and its filesystem", ON_UPPER(7, 3, "u"), PLAIN(1, "xfs", "u"),
	  PLACE_SAME },
	{ "place: upper layer that is not visible", ON_UPPER(7, 3, ""), PLAIN(1, "xfs", "u"),
	  PLACE_UNKNOWN },
	{ "place: no layer can be told", NOWHERE(7), NOWHERE(7), PLACE_UNKNOWN },
};

static void test_place(void **state)
{
	const struct place_case *c = *state;

	assert_int_equal(place_compare(&c->a, &c->b), c->relation);
	assert_int_equal(place_compare(&c->b, &c->a), c->relation);
}

struct size_case {
	const char *name; /* the text, after "size: " */
	uint64_t bytes;
};

static const struct size_case size_cases[] = {
	{ "size: 0 bytes", 0 },
	{ "size: 1 byte", 1 },
	{ "size: 1023 bytes", 1023 },
	{ "size: 1.0 KiB", 1024 },
	{ "size: 1.5 KiB", 1536 },
	{ "size: 1.0 MiB", 1024 * 1024 - 1 },
	{ "size: 1023.9 KiB", 1024 * 1024 - 100 },
	{ "size: 3.0 MiB", 3145851 },
	{ "size: 16.0 EiB", UINT64_MAX },
};

static void test_size(void **state)
{
	const struct size_case *c = *state;
	char text[SIZE_TEXT_MAX];

	assert_string_equal(size_text(c->bytes, text), c->name + strlen("size: "));
}

struct wrap_case {
	const char *name;
	const char *text;
	size_t indent;
	size_t width;
	const char *lines;
};

static const struct wrap_case wrap_cases[] = {
	{ "wrap: nothing", "", 2, 10, "\n" },
	{ "wrap: what fits", "one two", 3, 10, "one two\n" },
	{ "wrap: what does not", "one twos", 3, 10, "one\n   twos\n" },
	{ "wrap: a word that is too long", "a verylongword b", 2, 8, "a\n  verylongword\n  b\n" },
	{ "wrap: two spaces", "a  b", 0, 10, "a  b\n" },
	{ "wrap: characters, not bytes", "\303\244\303\244 \303\266\303\266", 0, 5,
	  "\303\244\303\244 \303\266\303\266\n" },
	{ "wrap: an indent beyond the width", "a b", 9, 4, "a\n         b\n" },
};

static void test_wrap(void **state)
{
	const struct wrap_case *c = *state;
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	assert_non_null(out);
	wrap(out, c->text, c->indent, c->width);
	assert_int_equal(fclose(out), 0);
	assert_string_equal(text, c->lines);
	free(text);
}

int main(void)
{
	struct CMUnitTest tests[ROWS(place_cases) + ROWS(size_cases) + ROWS(wrap_cases)];
	struct CMUnitTest *end = tests;

	end = CASES(end, place_cases, test_place);
	end = CASES(end, size_cases, test_size);
	CASES(end, wrap_cases, test_wrap);
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("stat", tests, NULL, NULL);
}
