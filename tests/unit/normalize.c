/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Arguments as getopt_long takes them (cmd/normalize.c), held against options.def.
 *
 * What comes out is compared as one text: options in full with their values in brackets, then
 * operands in braces. GNU cp 9.1 was asked where the manual leaves a doubt.
 */
#include "cases.h"

#include "normalize.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_ARGS 8

struct plain_case {
	const char *name;
	const char *args[MOST_ARGS]; /* without the program's name */
	const char *plain;
};

static const struct plain_case plain_cases[] = {
	{ "nothing", { NULL }, "" },
	{ "operands alone", { "a", "b" }, "{a}{b}" },
	{ "long options in full", { "--force", "--verbose", "a" }, "--force --verbose {a}" },
	{ "options after operands", { "a", "-f", "b", "--debug" }, "--force --debug {a}{b}" },
	{ "-- ends the options", { "-f", "--", "-v", "--debug" }, "--force {-v}{--debug}" },
	{ "-- after operands ends the options", { "a", "--", "-v" }, "{a}{-v}" },
	{ "-- a second time is an operand", { "--", "--", "a" }, "{--}{a}" },
	{ "- is an operand", { "-", "-f", "-" }, "--force {-}{-}" },
	{ "an empty operand", { "", "-f", "" }, "--force {}{}" },
	{ "an operand with a dash inside", { "a-f", "a--force" }, "{a-f}{a--force}" },
	{ "order is kept", { "-n", "-i", "-n" }, "--no-clobber --interactive --no-clobber " },
	{ "an option twice", { "-v", "-v" }, "--verbose --verbose " },

	{ "abbreviations that are unique",
	  { "--fo", "--fan", "--verb" },
	  "--force --fan-out --verbose " },
	{ "an abbreviation of one letter", { "--i" }, "--interactive " },
	{ "an abbreviation with a value", { "--targ=dir" }, "--target-directory=[dir] " },
	{ "an abbreviation with a value behind it",
	  { "--targ", "dir" },
	  "--target-directory=[dir] " },
	{ "an abbreviation of an option with a bare value",
	  { "--ref", "a" },
	  "--reflink=[always] {a}" },
	{ "a name that begins another one",
	  { "--copy-up=never", "--copy-up-min=1" },
	  "--copy-up=[never] --copy-up-min=[1] " },
	{ "an abbreviation down to the letter that tells",
	  { "--dests0", "f" },
	  "--dests0-from=[f] " },

	/* cp knows these, so they cannot be options that cp does not have */
	{ "an abbreviation that cp knows: --f", { "--f" }, "--force " },
	{ "an abbreviation that cp knows: --deb", { "--deb" }, "--debug " },
	{ "an abbreviation that cp knows: --copy", { "--copy" }, "--copy-contents " },
	{ "an abbreviation that cp knows: --copy-", { "--copy-" }, "--copy-contents " },
	{ "an abbreviation that cp does not know", { "--fan" }, "--fan-out " },
	{ "an option that cp does not have, in full",
	  { "--copy-up", "never" },
	  "--copy-up=[never] " },
	{ "an abbreviation of an option that cp does not have",
	  { "--copy-up-m", "1" },
	  "--copy-up-min=[1] " },
	{ "an abbreviation of one option by two names", { "--pa", "a" }, "--path {a}" },
	{ "an abbreviation of its first name", { "--par" }, "--parents " },
	{ "an abbreviation of its second name", { "--pat" }, "--path " },

	{ "a suffix behind -S", { "-S", ".old", "a" }, "--suffix=[.old] {a}" },
	{ "a suffix glued to -S", { "-S.old", "a" }, "--suffix=[.old] {a}" },
	{ "a suffix glued to a cluster", { "-bvS.old", "a" }, "-b --verbose --suffix=[.old] {a}" },
	{ "letters in a suffix are no options", { "-Sbf" }, "--suffix=[bf] " },
	{ "a suffix that begins with =", { "-S=old" }, "--suffix=[=old] " },
	{ "a suffix that begins with a dash",
	  { "-S-old", "--suf", "-b" },
	  "--suffix=[-old] --suffix=[-b] " },
	{ "an empty suffix", { "-S", "", "--suffix=" }, "--suffix=[] --suffix=[] " },

	{ "--backup without a value", { "--backup", "a", "b" }, "--backup=[] {a}{b}" },
	{ "--backup with a value", { "--backup=t", "a" }, "--backup=[t] {a}" },
	{ "--backup with an empty value", { "--backup=" }, "--backup=[] " },
	{ "-b has no value", { "-bt", "dir" }, "-b --target-directory=[dir] " },
	{ "-b is not --backup", { "-b", "--b" }, "-b --backup=[] " },
	{ "--context without a value", { "--context", "a" }, "--context=[] {a}" },
	{ "-Z has no value", { "-Zv" }, "-Z --verbose " },
	{ "--update without a value, and -u",
	  { "--update", "-u", "a" },
	  "--update=[older] -u {a}" },

	{ "a cluster", { "-fvp" }, "--force --verbose -p " },
	{ "a cluster with a value behind it",
	  { "-fvt", "dir", "a" },
	  "--force --verbose --target-directory=[dir] {a}" },
	{ "a cluster with a value in it",
	  { "-fvtdir", "a" },
	  "--force --verbose --target-directory=[dir] {a}" },
	{ "letters in a value are no options", { "-tfv" }, "--target-directory=[fv] " },
	{ "= after a short option belongs to the value", { "-t=x" }, "--target-directory=[=x] " },
	{ "both letters of one case",
	  { "-T", "-t", "x" },
	  "--no-target-directory --target-directory=[x] " },

	{ "a bare optional value does not take operands",
	  { "--reflink", "a", "b" },
	  "--reflink=[always] {a}{b}" },
	{ "a bare optional value at the end",
	  { "a", "--preserve" },
	  "--preserve=[mode,ownership,timestamps] {a}" },
	{ "a bare optional value before an option",
	  { "--reflink", "-v" },
	  "--reflink=[always] --verbose " },
	{ "an optional value",
	  { "--reflink=never", "--preserve=mode" },
	  "--reflink=[never] --preserve=[mode] " },
	{ "an empty optional value is not a bare option",
	  { "--reflink=", "a" },
	  "--reflink=[] {a}" },
	{ "-p is an option of its own", { "-p" }, "-p " },

	{ "an empty value behind =", { "--target-directory=" }, "--target-directory=[] " },
	{ "an empty value as an argument", { "-t", "", "a" }, "--target-directory=[] {a}" },
	{ "a value that looks like a short option", { "-t", "-x" }, "--target-directory=[-x] " },
	{ "a value that looks like a known option",
	  { "-t", "-v", "a" },
	  "--target-directory=[-v] {a}" },
	{ "a value that looks like the end of options",
	  { "--target-directory", "--", "-v" },
	  "--target-directory=[--] --verbose " },
	{ "a value behind a cluster that looks like the end of options",
	  { "-ft", "--", "a" },
	  "--force --target-directory=[--] {a}" },
	{ "a value that looks like a long option",
	  { "--copy-up-min", "--force" },
	  "--copy-up-min=[--force] " },
	{ "a value with = in it",
	  { "--dests-from=a=b", "--target-directory=--x=y" },
	  "--dests-from=[a=b] --target-directory=[--x=y] " },
	{ "a value that popt would expand",
	  { "-t", "!#:+", "--dests-from=!#:+" },
	  "--target-directory=[!#:+] --dests-from=[!#:+] " },
	{ "a value that looks like a place in a list",
	  { "-t", "7", "--copy-up-min=0" },
	  "--target-directory=[7] --copy-up-min=[0] " },
	{ "a value with a newline and a byte that is no text",
	  { "-t", "a\nb\377" },
	  "--target-directory=[a\nb\377] " },
	{ "an operand that popt would expand", { "!#:+" }, "{!#:+}" },
};

/* Under POSIXLY_CORRECT. */
static const struct plain_case posix_cases[] = {
	{ "POSIX: options end at the first operand",
	  { "-f", "a", "-v", "--debug" },
	  "--force {a}{-v}{--debug}" },
	{ "POSIX: -- before the first operand is no operand", { "--", "-f" }, "{-f}" },
	{ "POSIX: -- after the first operand is one", { "a", "--", "b" }, "{a}{--}{b}" },
	{ "POSIX: - is the first operand", { "-", "-f" }, "{-}{-f}" },
	{ "POSIX: a value is no operand",
	  { "-t", "dir", "-f", "a" },
	  "--target-directory=[dir] --force {a}" },
};

struct wrong_case {
	const char *name;
	const char *args[MOST_ARGS];
	enum normalize_error error;
	const char *given; /* without dashes and what follows "=" */
	char letter;
	enum opt_id taken_for; /* OPT_NONE: not looked at */
};

static const struct wrong_case wrong_cases[] = {
	{ "an unknown long option", { "--zap" }, NORMALIZE_UNKNOWN, "zap", 0, OPT_NONE },
	{ "an unknown long option with a value",
	  { "--zap=1" },
	  NORMALIZE_UNKNOWN,
	  "zap",
	  0,
	  OPT_NONE },
	{ "an option and one letter more",
	  { "--forcex" },
	  NORMALIZE_UNKNOWN,
	  "forcex",
	  0,
	  OPT_NONE },
	{ "an option in capitals", { "--FORCE" }, NORMALIZE_UNKNOWN, "FORCE", 0, OPT_NONE },
	{ "an unknown short option", { "-z" }, NORMALIZE_UNKNOWN, "z", 'z', OPT_NONE },
	{ "an unknown short option in a cluster",
	  { "-fzv" },
	  NORMALIZE_UNKNOWN,
	  "fzv",
	  'z',
	  OPT_NONE },
	{ "a dash in a cluster", { "-f-" }, NORMALIZE_UNKNOWN, "f-", '-', OPT_NONE },
	{ "= in a cluster", { "-f=x" }, NORMALIZE_UNKNOWN, "f", '=', OPT_NONE },
	{ "a byte that is no text", { "-\377" }, NORMALIZE_UNKNOWN, "\377", '\377', OPT_NONE },
	{ "an abbreviation of two options", { "--ver" }, NORMALIZE_AMBIGUOUS, "ver", 0, OPT_NONE },
	{ "an abbreviation of three options", { "--d" }, NORMALIZE_AMBIGUOUS, "d", 0, OPT_NONE },
	{ "an abbreviation of two options with a value",
	  { "--dest=1" },
	  NORMALIZE_AMBIGUOUS,
	  "dest",
	  0,
	  OPT_NONE },
	{ "an abbreviation that cp knows is no option of ours",
	  { "--copy=1" },
	  NORMALIZE_TAKES_NO_VALUE,
	  "copy",
	  0,
	  OPT_COPY_CONTENTS },
	{ "an abbreviation of two options that cp has",
	  { "--co" },
	  NORMALIZE_AMBIGUOUS,
	  "co",
	  0,
	  OPT_NONE },
	{ "an abbreviation of two options that cp does not have",
	  { "--copy-u" },
	  NORMALIZE_AMBIGUOUS,
	  "copy-u",
	  0,
	  OPT_NONE },
	{ "an abbreviation of two names and another option",
	  { "--p" },
	  NORMALIZE_AMBIGUOUS,
	  "p",
	  0,
	  OPT_NONE },
	{ "a value for --pa", { "--pa=1" }, NORMALIZE_TAKES_NO_VALUE, "pa", 0, OPT_NONE },
	{ "-S without a suffix", { "a", "-bS" }, NORMALIZE_NEEDS_VALUE, "bS", 'S', OPT_SUFFIX },
	{ "an abbreviation of all options", { "--=x" }, NORMALIZE_AMBIGUOUS, "", 0, OPT_NONE },
	{ "a long option without its value",
	  { "--target-directory" },
	  NORMALIZE_NEEDS_VALUE,
	  "target-directory",
	  0,
	  OPT_TARGET_DIRECTORY },
	{ "an abbreviation without its value",
	  { "a", "--copy-up-m" },
	  NORMALIZE_NEEDS_VALUE,
	  "copy-up-m",
	  0,
	  OPT_COPY_UP_MIN },
	{ "a short option without its value",
	  { "-t" },
	  NORMALIZE_NEEDS_VALUE,
	  "t",
	  't',
	  OPT_TARGET_DIRECTORY },
	{ "a cluster without its value",
	  { "a", "-fvt" },
	  NORMALIZE_NEEDS_VALUE,
	  "fvt",
	  't',
	  OPT_TARGET_DIRECTORY },
	{ "a value for an option that takes none",
	  { "--force=1" },
	  NORMALIZE_TAKES_NO_VALUE,
	  "force",
	  0,
	  OPT_FORCE },
	{ "an empty value for an option that takes none",
	  { "--force=" },
	  NORMALIZE_TAKES_NO_VALUE,
	  "force",
	  0,
	  OPT_FORCE },
	{ "a value for an abbreviation that takes none",
	  { "--forc=1" },
	  NORMALIZE_TAKES_NO_VALUE,
	  "forc",
	  0,
	  OPT_FORCE },
	{ "the first of two problems",
	  { "--force=1", "-z" },
	  NORMALIZE_TAKES_NO_VALUE,
	  "force",
	  0,
	  OPT_FORCE },
	{ "a long option's problem after a short one's success",
	  { "-f", "--zap" },
	  NORMALIZE_UNKNOWN,
	  "zap",
	  0,
	  OPT_NONE },
	{ "a short option's problem after a long one's success",
	  { "--force", "-z" },
	  NORMALIZE_UNKNOWN,
	  "z",
	  'z',
	  OPT_NONE },
};

static enum normalize_error run(const char *const *args, bool posix, struct normalized *n,
				struct normalize_problem *p)
{
	const char *argv[MOST_ARGS + 2] = { "program" };
	int argc = 1;

	while (argc <= MOST_ARGS && *args)
		argv[argc++] = *args++;
	return normalize(argc, (char *const *)(uintptr_t)argv, posix, n, p);
}

/* Write an option with the value that its place stands for. */
static void write_option(FILE *out, const struct normalized *n, const char *text)
{
	const char *equals = strncmp(text, "--", 2) == 0 ? strchr(text, '=') : NULL;
	char *end = NULL;
	long place;

	if (!equals) {
		fprintf(out, "%s ", text);
		return;
	}
	/* nothing but a number may come to popt's ears */
	place = strtol(equals + 1, &end, 10);
	assert_true(equals[1] >= '0' && equals[1] <= '9' && !*end);
	assert_true(place < n->value_count);
	fprintf(out, "%.*s=[%s] ", (int)(equals - text), text, n->values[place]);
}

static char *text_of(const struct normalized *n)
{
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	assert_non_null(out);
	for (int i = 1; i < n->argc; i++)
		write_option(out, n, n->argv[i]);
	for (int i = 0; i < n->operand_count; i++)
		fprintf(out, "{%s}", n->operands[i]);
	fclose(out);
	return text;
}

static void check_plain(const struct plain_case *c, bool posix)
{
	struct normalized n;
	struct normalize_problem p;
	char *text;

	assert_int_equal(run(c->args, posix, &n, &p), NORMALIZE_OK);
	assert_string_equal(n.argv[0], "ovl-cp");
	assert_null(n.argv[n.argc]);
	text = text_of(&n);
	assert_string_equal(text, c->plain);
	free(text);
	normalize_done(&n);
}

static void test_plain(void **state)
{
	check_plain(*state, false);
}

static void test_posix(void **state)
{
	check_plain(*state, true);
}

static void test_wrong(void **state)
{
	const struct wrong_case *c = *state;
	struct normalized n;
	struct normalize_problem p;

	assert_int_equal(run(c->args, false, &n, &p), c->error);
	assert_int_equal(p.letter, c->letter);
	assert_non_null(p.name);
	assert_int_equal(p.name_len, strlen(c->given));
	assert_memory_equal(p.name, c->given, strlen(c->given));
	if (c->taken_for)
		assert_ptr_equal(p.opt, opt_of(c->taken_for));
	normalize_done(&n);
}

/* How many long names of cp, or of ours only, begin with the @len bytes at @name. */
static int count_names(const char *name, size_t len, bool extra)
{
	int count = 0;

	for (const struct opt *o = opt_list; o->id; o++)
		/* --path is --parents by another name */
		count += *o->long_name && o->extra == extra &&
			 (o->id != OPT_PATH || strncmp("parents", name, len) != 0) &&
			 strncmp(o->long_name, name, len) == 0;
	return count;
}

/* What the @len bytes at @name mean: the option of that name, the only one of cp, the only one of
   ours, or NULL. */
static const struct opt *meant(const char *name, size_t len)
{
	bool extra = count_names(name, len, false) == 0;
	const struct opt *first = NULL;

	for (const struct opt *o = opt_list; o->id; o++) {
		if (!*o->long_name || strncmp(o->long_name, name, len) != 0)
			continue;
		if (strlen(o->long_name) == len)
			return o;
		first = first || o->extra != extra ? first : o;
	}
	return count_names(name, len, extra) == 1 ? first : NULL;
}

static void check_abbreviation(const char *name, size_t len)
{
	char arg[64];
	const char *args[] = { arg, "value", NULL };
	struct normalized n;
	struct normalize_problem p;
	enum normalize_error e;

	assert_in_range(snprintf(arg, sizeof(arg), "--%.*s", (int)len, name), 3, sizeof(arg) - 1);
	e = run(args, false, &n, &p);
	if (meant(name, len)) {
		assert_int_equal(e, NORMALIZE_OK);
		if (p.opt->id != OPT_PATH)
			assert_ptr_equal(p.opt, meant(name, len));
	} else {
		assert_int_equal(e, NORMALIZE_AMBIGUOUS);
	}
	normalize_done(&n);
}

static void test_every_abbreviation(void **state)
{
	(void)state;
	for (const struct opt *o = opt_list; o->id; o++)
		for (size_t len = 1; len <= strlen(o->long_name); len++)
			check_abbreviation(o->long_name, len);
}

static void test_every_letter(void **state)
{
	(void)state;
	for (const struct opt *o = opt_list; o->id; o++) {
		const char arg[] = { '-', o->short_name, '\0' };
		const char *args[] = { arg, "value", NULL };
		struct normalized n;
		struct normalize_problem p;

		if (!o->short_name)
			continue;
		assert_int_equal(run(args, false, &n, &p), NORMALIZE_OK);
		assert_ptr_equal(p.opt, o);
		assert_int_equal(n.argc, 2);
		assert_int_equal(n.operand_count, o->kind != OPT_KIND_REQUIRED);
		normalize_done(&n);
	}
}

static void test_list_is_sound(void **state)
{
	(void)state;
	for (int id = 1; id < OPT_END; id++) {
		const struct opt *o = opt_of((enum opt_id)id);

		assert_int_equal(o->id, id);
		assert_true(*o->long_name || o->short_name);
		assert_int_equal(o->arg != NULL, o->kind != OPT_KIND_NONE);
		assert_int_equal(o->bare != NULL, o->kind == OPT_KIND_OPTIONAL);
		/* a short option would have its optional value taken from the next argument */
		assert_true(o->kind != OPT_KIND_OPTIONAL || !o->short_name);
		/* a value's place is written behind a long name */
		assert_true(*o->long_name || o->kind == OPT_KIND_NONE);
		assert_true(o->help && *o->help && o->help[strlen(o->help) - 1] != '\n');
		assert_true(!*o->long_name || o->id == OPT_PATH ||
			    count_names(o->long_name, strlen(o->long_name) + 1, o->extra) == 1);
	}
	assert_int_equal(opt_of(OPT_END)->id, OPT_NONE);
}

static void test_no_arguments_at_all(void **state)
{
	char *argv[] = { NULL };
	struct normalized n;
	struct normalize_problem p;

	(void)state;
	assert_int_equal(normalize(0, argv, false, &n, &p), NORMALIZE_OK);
	assert_int_equal(n.argc, 1);
	assert_int_equal(n.operand_count, 0);
	normalize_done(&n);
	normalize_done(&n); /* what is done is empty */
}

static const struct CMUnitTest rest[] = {
	cmocka_unit_test(test_every_abbreviation),
	cmocka_unit_test(test_every_letter),
	cmocka_unit_test(test_list_is_sound),
	cmocka_unit_test(test_no_arguments_at_all),
};

int main(void)
{
	struct CMUnitTest
		tests[ROWS(plain_cases) + ROWS(posix_cases) + ROWS(wrong_cases) + ROWS(rest)];
	struct CMUnitTest *end = tests;

	end = CASES(end, plain_cases, test_plain);
	end = CASES(end, posix_cases, test_posix);
	end = CASES(end, wrong_cases, test_wrong);
	memcpy(end, rest, sizeof(rest));
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("normalize", tests, NULL, NULL);
}
