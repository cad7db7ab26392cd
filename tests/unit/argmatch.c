/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Words and sizes on the command line (cmd/argmatch.c).
 */
#include "cases.h"

#include "argmatch.h"

#include <errno.h>
#include <string.h>

static const struct keyword when[] = {
	{ "auto", 7 },
	{ "always", 8 },
	{ "never", 9 },
	{ NULL, 0 },
};

/* Two words for one thing. */
static const struct keyword same[] = {
	{ "same-one", 1 },
	{ "same-two", 1 },
	{ NULL, 0 },
};

/* Two words each for four things, as --backup has them. */
static const struct keyword pairs[] = {
	{ "none", 0 }, { "off", 0 },	  { "simple", 1 }, { "never", 1 }, { "existing", 2 },
	{ "nil", 2 },  { "numbered", 3 }, { "t", 3 },	   { NULL, 0 },
};

/* A word that begins two others, before them and after them. */
static const struct keyword first[] = {
	{ "long", 1 },
	{ "long-one", 2 },
	{ "long-two", 3 },
	{ NULL, 0 },
};
static const struct keyword last[] = {
	{ "long-one", 2 },
	{ "long-two", 3 },
	{ "long", 1 },
	{ NULL, 0 },
};

struct keyword_case {
	const char *name;
	const struct keyword *list;
	const char *text;
	enum argmatch_result result;
	unsigned int value;
};

static const struct keyword_case keyword_cases[] = {
	{ "keyword: in full", when, "always", ARGMATCH_OK, 8 },
	{ "keyword: the first", when, "auto", ARGMATCH_OK, 7 },
	{ "keyword: the last", when, "never", ARGMATCH_OK, 9 },
	{ "keyword: abbreviated", when, "al", ARGMATCH_OK, 8 },
	{ "keyword: by one letter", when, "n", ARGMATCH_OK, 9 },
	{ "keyword: an abbreviation of two", when, "a", ARGMATCH_AMBIGUOUS, 0 },
	/* as cp has it: cp --reflink= */
	{ "keyword: nothing abbreviates all", when, "", ARGMATCH_AMBIGUOUS, 0 },
	{ "keyword: unknown", when, "sometimes", ARGMATCH_UNKNOWN, 0 },
	{ "keyword: one letter more", when, "autos", ARGMATCH_UNKNOWN, 0 },
	{ "keyword: in capitals", when, "AUTO", ARGMATCH_UNKNOWN, 0 },
	{ "keyword: with a space", when, " auto", ARGMATCH_UNKNOWN, 0 },
	{ "keyword: an abbreviation of two words for one thing", same, "same", ARGMATCH_OK, 1 },
	{ "keyword: nothing is no abbreviation of them", same, "", ARGMATCH_AMBIGUOUS, 0 },
	{ "keyword: the second for a thing", pairs, "nil", ARGMATCH_OK, 2 },
	{ "keyword: the second for a thing, abbreviated", pairs, "ne", ARGMATCH_OK, 1 },
	{ "keyword: of one letter", pairs, "t", ARGMATCH_OK, 3 },
	{ "keyword: the value 0 is one", pairs, "of", ARGMATCH_OK, 0 },
	{ "keyword: an abbreviation of words for several things", pairs, "n", ARGMATCH_AMBIGUOUS,
	  0 },
	{ "keyword: nothing abbreviates no pair", pairs, "", ARGMATCH_AMBIGUOUS, 0 },
	{ "keyword: in full, before two others that it begins", first, "long", ARGMATCH_OK, 1 },
	{ "keyword: in full, after two others that it begins", last, "long", ARGMATCH_OK, 1 },
	{ "keyword: an abbreviation of three", first, "lon", ARGMATCH_AMBIGUOUS, 0 },
	{ "keyword: an abbreviation of two of three", first, "long-", ARGMATCH_AMBIGUOUS, 0 },
};

static void test_keyword(void **state)
{
	const struct keyword_case *c = *state;
	unsigned int value = 1234;

	assert_int_equal(argmatch_find(c->list, c->text, strlen(c->text), &value), c->result);
	assert_int_equal(value, c->result == ARGMATCH_OK ? c->value : 1234);
}

static void test_keyword_ends_at_its_length(void **state)
{
	unsigned int value = 0;

	(void)state;
	assert_int_equal(argmatch_find(when, "never,always", 5, &value), ARGMATCH_OK);
	assert_int_equal(value, 9);
	assert_int_equal(argmatch_find(when, "always,never", 2, &value), ARGMATCH_OK);
	assert_int_equal(value, 8);
}

struct size_case {
	const char *name; /* the text, after "size: " */
	bool is;
	uint64_t size;
};

#define SIZE(text, size)                                                                           \
	{                                                                                          \
		"size: " text, true, size                                                          \
	}
#define NO_SIZE(text)                                                                              \
	{                                                                                          \
		"size: " text, false, 0                                                            \
	}
#define KI(power) (UINT64_C(1) << (10 * (power)))

static const struct size_case size_cases[] = {
	SIZE("0", 0),
	SIZE("1", 1),
	SIZE("65536", 65536),
	SIZE("007", 7),
	SIZE("0K", 0),
	SIZE("1K", KI(1)),
	SIZE("1k", KI(1)),
	SIZE("1KiB", KI(1)),
	SIZE("1kiB", KI(1)),
	SIZE("1KB", 1000),
	SIZE("1kB", 1000),
	SIZE("16M", 16 * KI(2)),
	SIZE("16m", 16 * KI(2)),
	SIZE("16MiB", 16 * KI(2)),
	SIZE("16MB", 16000000),
	SIZE("3G", 3 * KI(3)),
	SIZE("3T", 3 * KI(4)),
	SIZE("3P", 3 * KI(5)),
	SIZE("15E", 15 * KI(6)),
	SIZE("15EiB", 15 * KI(6)),
	SIZE("18EB", UINT64_C(18000000000000000000)),
	SIZE("18446744073709551615", UINT64_MAX),
	SIZE("18014398509481983K", UINT64_MAX - 1023),
	NO_SIZE("18446744073709551616"),
	NO_SIZE("99999999999999999999999"),
	NO_SIZE("18014398509481984K"),
	NO_SIZE("16E"),
	NO_SIZE("19EB"),
	NO_SIZE("1Z"),
	NO_SIZE(""),
	NO_SIZE("K"),
	NO_SIZE("-1"),
	NO_SIZE("+1"),
	NO_SIZE(" 1"),
	NO_SIZE("1 "),
	NO_SIZE("1 K"),
	NO_SIZE("1.5M"),
	NO_SIZE("1,5M"),
	NO_SIZE("0x10"),
	NO_SIZE("1e3"),
	NO_SIZE("1B"),
	NO_SIZE("1b"),
	NO_SIZE("1Ki"),
	NO_SIZE("1Kb"),
	NO_SIZE("1KIB"),
	NO_SIZE("1KiBs"),
	NO_SIZE("1KBs"),
	NO_SIZE("1KK"),
	NO_SIZE("1\377"),
	NO_SIZE("\377"),
	NO_SIZE("one"),
};

static void test_size(void **state)
{
	const struct size_case *c = *state;
	uint64_t size = 1234;

	errno = ERANGE; /* an old failure of somebody else */
	assert_int_equal(argmatch_size(c->name + strlen("size: "), &size), c->is);
	assert_int_equal(size, c->is ? c->size : 1234);
}

int main(void)
{
	struct CMUnitTest tests[ROWS(keyword_cases) + ROWS(size_cases) + 1];
	struct CMUnitTest *end = tests;

	end = CASES(end, keyword_cases, test_keyword);
	end = CASES(end, size_cases, test_size);
	*end = (struct CMUnitTest)cmocka_unit_test(test_keyword_ends_at_its_length);
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("argmatch", tests, NULL, NULL);
}
