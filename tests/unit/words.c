/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Words and sizes on the command line (cmd/words.c).
 */
#include "cases.h"

#include "words.h"

#include <errno.h>
#include <string.h>

static const struct word when[] = {
	{ "auto", 7 },
	{ "always", 8 },
	{ "never", 9 },
	{ NULL, 0 },
};

/* Two words for one thing. */
static const struct word same[] = {
	{ "same-one", 1 },
	{ "same-two", 1 },
	{ NULL, 0 },
};

/* Two words each for four things, as --backup has them. */
static const struct word pairs[] = {
	{ "none", 0 }, { "off", 0 },	  { "simple", 1 }, { "never", 1 }, { "existing", 2 },
	{ "nil", 2 },  { "numbered", 3 }, { "t", 3 },	   { NULL, 0 },
};

/* A word that begins two others, before them and after them. */
static const struct word first[] = {
	{ "long", 1 },
	{ "long-one", 2 },
	{ "long-two", 3 },
	{ NULL, 0 },
};
static const struct word last[] = {
	{ "long-one", 2 },
	{ "long-two", 3 },
	{ "long", 1 },
	{ NULL, 0 },
};

struct word_case {
	const char *name;
	const struct word *list;
	const char *text;
	enum word_result result;
	unsigned int value;
};

static const struct word_case word_cases[] = {
	{ "word: in full", when, "always", WORD_OK, 8 },
	{ "word: the first", when, "auto", WORD_OK, 7 },
	{ "word: the last", when, "never", WORD_OK, 9 },
	{ "word: abbreviated", when, "al", WORD_OK, 8 },
	{ "word: by one letter", when, "n", WORD_OK, 9 },
	{ "word: an abbreviation of two", when, "a", WORD_AMBIGUOUS, 0 },
	/* as cp has it: cp --reflink= */
	{ "word: nothing abbreviates all", when, "", WORD_AMBIGUOUS, 0 },
	{ "word: unknown", when, "sometimes", WORD_UNKNOWN, 0 },
	{ "word: one letter more", when, "autos", WORD_UNKNOWN, 0 },
	{ "word: in capitals", when, "AUTO", WORD_UNKNOWN, 0 },
	{ "word: with a space", when, " auto", WORD_UNKNOWN, 0 },
	{ "word: an abbreviation of two words for one thing", same, "same", WORD_OK, 1 },
	{ "word: nothing is no abbreviation of them", same, "", WORD_AMBIGUOUS, 0 },
	{ "word: the second for a thing", pairs, "nil", WORD_OK, 2 },
	{ "word: the second for a thing, abbreviated", pairs, "ne", WORD_OK, 1 },
	{ "word: of one letter", pairs, "t", WORD_OK, 3 },
	{ "word: the value 0 is one", pairs, "of", WORD_OK, 0 },
	{ "word: an abbreviation of words for several things", pairs, "n", WORD_AMBIGUOUS, 0 },
	{ "word: nothing abbreviates no pair", pairs, "", WORD_AMBIGUOUS, 0 },
	{ "word: in full, before two others that it begins", first, "long", WORD_OK, 1 },
	{ "word: in full, after two others that it begins", last, "long", WORD_OK, 1 },
	{ "word: an abbreviation of three", first, "lon", WORD_AMBIGUOUS, 0 },
	{ "word: an abbreviation of two of three", first, "long-", WORD_AMBIGUOUS, 0 },
};

static void test_word(void **state)
{
	const struct word_case *c = *state;
	unsigned int value = 1234;

	assert_int_equal(word_find(c->list, c->text, strlen(c->text), &value), c->result);
	assert_int_equal(value, c->result == WORD_OK ? c->value : 1234);
}

static void test_word_ends_at_its_length(void **state)
{
	unsigned int value = 0;

	(void)state;
	assert_int_equal(word_find(when, "never,always", 5, &value), WORD_OK);
	assert_int_equal(value, 9);
	assert_int_equal(word_find(when, "always,never", 2, &value), WORD_OK);
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
	assert_int_equal(word_size(c->name + strlen("size: "), &size), c->is);
	assert_int_equal(size, c->is ? c->size : 1234);
}

int main(void)
{
	struct CMUnitTest tests[ROWS(word_cases) + ROWS(size_cases) + 1];
	struct CMUnitTest *end = tests;

	end = CASES(end, word_cases, test_word);
	end = CASES(end, size_cases, test_size);
	*end = (struct CMUnitTest)cmocka_unit_test(test_word_ends_at_its_length);
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("words", tests, NULL, NULL);
}
