/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The smaller parts of ovl-stat: devices that can be compared, sizes, columns (cmd/stat/).
 */
#include "cases.h"

#include "human.h"
#include "stat/device.h"
#include "wrap.h"

#include <stdlib.h>
#include <string.h>

struct device_case {
	const char *name;
	struct device a;
	struct device b;
	enum device_relation relation;
};

#define PLAIN(st_dev, superblock)                                                                  \
	{                                                                                          \
		.number = (superblock), .pseudo = (st_dev)                                         \
	}
#define ON_UPPER(id, superblock)                                                                   \
	{                                                                                          \
		.overlay = (id), .on_upper_fs = 1, .number = (superblock)                          \
	}
/* @same: whether it is on the filesystem of the upper layer; @only: whether there is no other. */
#define ON_LOWER(id, st_dev, superblock, same, only)                                               \
	{                                                                                          \
		.overlay = (id), .pseudo = (st_dev), .number = (superblock),                       \
		.on_upper_fs = (same), .is_only_lower = (only)                                     \
	}
#define NOWHERE(id)                                                                                \
	{                                                                                          \
		.overlay = (id), .on_upper_fs = -1                                                 \
	}

static const struct device_case device_cases[] = {
	{ "device: one device", PLAIN(1, 1), PLAIN(1, 1), DEVICE_SAME },
	{ "device: two devices", PLAIN(1, 1), PLAIN(2, 2), DEVICE_DIFFERENT },
	{ "device: two subvolumes of btrfs", PLAIN(1, 9), PLAIN(2, 9), DEVICE_SAME },
	{ "device: two of btrfs", PLAIN(1, 8), PLAIN(2, 9), DEVICE_DIFFERENT },
	{ "device: one device, without a table of mounts", PLAIN(1, 0), PLAIN(1, 0), DEVICE_SAME },
	{ "device: two, or two subvolumes, without one", PLAIN(1, 0), PLAIN(2, 0), DEVICE_UNKNOWN },
	{ "device: twice on the upper layer", ON_UPPER(7, 0), ON_UPPER(7, 0), DEVICE_SAME },
	{ "device: upper and lower layer", ON_UPPER(7, 0), ON_LOWER(7, 4, 0, 0, true),
	  DEVICE_DIFFERENT },
	{ "device: a lower layer on the filesystem of the upper one", ON_UPPER(7, 0),
	  ON_LOWER(7, 3, 0, 1, true), DEVICE_SAME },
	{ "device: a lower layer that may be on it", ON_UPPER(7, 0), ON_LOWER(7, 3, 0, -1, false),
	  DEVICE_UNKNOWN },
	{ "device: upper and lower layer, both known", ON_UPPER(7, 1), ON_LOWER(7, 0, 2, 0, false),
	  DEVICE_DIFFERENT },
	{ "device: twice on the only lower layer", ON_LOWER(7, 0, 0, 0, true),
	  ON_LOWER(7, 0, 0, 0, true), DEVICE_SAME },
	{ "device: on one of several lower layers", ON_LOWER(7, 0, 0, -1, false),
	  ON_LOWER(7, 0, 0, -1, false), DEVICE_UNKNOWN },
	{ "device: on several, with a number for each", ON_LOWER(7, 4, 0, -1, false),
	  ON_LOWER(7, 5, 0, -1, false), DEVICE_DIFFERENT },
	{ "device: on several, with one number", ON_LOWER(7, 4, 0, -1, false),
	  ON_LOWER(7, 4, 0, -1, false), DEVICE_SAME },
	{ "device: two overlays", ON_UPPER(7, 0), ON_UPPER(8, 0), DEVICE_UNKNOWN },
	{ "device: two overlays on one filesystem", ON_UPPER(7, 1), ON_UPPER(8, 1), DEVICE_SAME },
	{ "device: lower layers of two overlays", ON_LOWER(7, 4, 0, 0, true),
	  ON_LOWER(8, 5, 0, 0, true), DEVICE_UNKNOWN },
	{ "device: upper layer and its filesystem", ON_UPPER(7, 1), PLAIN(1, 1), DEVICE_SAME },
	{ "device: upper layer that is not visible", ON_UPPER(7, 0), PLAIN(1, 1), DEVICE_UNKNOWN },
	{ "device: no layer can be told", NOWHERE(7), NOWHERE(7), DEVICE_UNKNOWN },
};

static void test_device(void **state)
{
	const struct device_case *c = *state;

	assert_int_equal(device_compare(&c->a, &c->b), c->relation);
	assert_int_equal(device_compare(&c->b, &c->a), c->relation);
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
	char text[HUMAN_SIZE_MAX];

	assert_string_equal(human_size(c->bytes, text), c->name + strlen("size: "));
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
	{ "wrap: a quoted name that fits is not broken", "see it 'a b' c", 0, 9,
	  "see it\n'a b' c\n" },
	{ "wrap: in double quotes", "see \"it's a\" now", 0, 9, "see\n\"it's a\"\nnow\n" },
	{ "wrap: with parts", "see 'a '\\''b'$'\\n''c d' x", 0, 20,
	  "see\n'a '\\''b'$'\\n''c d'\nx\n" },
	{ "wrap: a quoted name that does not fit is broken", "'a bc de'", 0, 5, "'a bc\nde'\n" },
	{ "wrap: an apostrophe is no quote", "a's b c's d", 0, 7, "a's b\nc's d\n" },
	{ "wrap: a quote without an end", "a 'b c d", 0, 4, "a 'b\nc d\n" },
	{ "wrap: never", "one  two", 3, WRAP_NEVER, "one  two\n" },
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
	struct CMUnitTest tests[ROWS(device_cases) + ROWS(size_cases) + ROWS(wrap_cases)];
	struct CMUnitTest *end = tests;

	end = CASES(end, device_cases, test_device);
	end = CASES(end, size_cases, test_size);
	CASES(end, wrap_cases, test_wrap);
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("stat", tests, NULL, NULL);
}
