/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The parser of overlay options (lib/probe/overlay_options.c).
 *
 * A result is written as one line: "/path" for each lower layer, "+/path" for a data-only one,
 * "u=" and "w=" for upper and work, then the other options, then "cut".
 */
#include "cases.h"

#include "probe/overlay_options.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct overlay_case {
	const char *name;
	const char *options;
	const char *result;
};

static const struct overlay_case overlay_cases[] = {
	{ "nothing", "", "" },
	{ "flags of mounts", "rw,relatime", "" },
	{ "unknown options", "rw,lowerdir=/a,tomorrow,later=on", "/a" },
	{ "one layer", "ro,lowerdir=/a", "/a" },
	{ "the usual one", "rw,lowerdir=/a:/b,upperdir=/u,workdir=/w,uuid=on",
	  "/a /b u=/u w=/w uuid=on" },
	{ "work before upper", "workdir=/w,upperdir=/u,lowerdir=/a", "/a u=/u w=/w" },
	{ "relative paths", "lowerdir=l/ABC:l/DEF,upperdir=u,workdir=w", "l/ABC l/DEF u=u w=w" },
	{ "every option",
	  "lowerdir=/a,metacopy=on,index=off,xino=auto,redirect_dir=nofollow,nfs_export=on,"
	  "uuid=null,verity=require,volatile,userxattr",
	  "/a metacopy=on index=off xino=auto redirect_dir=nofollow nfs_export=on uuid=null "
	  "verity=require volatile userxattr" },
	{ "volatile in newer kernels", "lowerdir=/a,fsync=volatile", "/a volatile" },
	{ "another fsync", "lowerdir=/a,fsync=strict", "/a" },
	{ "a prefix of volatile", "lowerdir=/a,fsync=vol,z", "/a" },
	{ "volatile as a prefix", "lowerdir=/a,fsync=volatile2,z", "/a" },
	{ "the last of two", "lowerdir=/a,index=on,index=off,upperdir=/u,upperdir=/v,workdir=/w",
	  "/a u=/v w=/w index=off" },
	{ "a second list replaces the first", "lowerdir=/a:/b,lowerdir=/c,z", "/c" },
	{ "a name within a name", "lowerdir=/a,my_index=on,indexes=on", "/a" },
	{ "an equals sign in a path", "lowerdir=/a=b:c,z", "/a=b c" },

	{ "data-only layers", "lowerdir=/a:/b::/c::/d,z", "/a /b +/c +/d" },
	{ "one colon after data-only layers", "lowerdir=/a::/c:/d,z", "/a +/c +/d" },
	{ "three colons", "lowerdir=/a:::/c,z", "/a +/c" },
	{ "data-only layers alone", "lowerdir=::/c,z", "+/c" },
	{ "layers one by one", "lowerdir+=/a,lowerdir+=/b,datadir+=/c,datadir+=/d,z",
	  "/a /b +/c +/d" },
	{ "data before layers", "datadir+=/c,datadir+=/d,lowerdir+=/a,lowerdir+=/b,z",
	  "/a /b +/c +/d" },
	{ "a list, then one more", "lowerdir=/a:/b,lowerdir+=/c,z", "/a /b /c" },

	{ "an escaped colon", "lowerdir=/a\\134:b:/c,z", "/a:b /c" },
	{ "an escaped colon without the outer escape", "lowerdir=/a\\:b:/c,z", "/a:b /c" },
	{ "a comma", "lowerdir=/a\\054b:/c,z", "/a,b /c" },
	{ "an escaped comma", "lowerdir=/a\\134\\054b:/c,z", "/a,b /c" },
	{ "an escaped comma without the outer escape", "lowerdir=/a\\,b:/c,z", "/a,b /c" },
	{ "an escaped backslash", "lowerdir=/a\\134\\134b:/c,z", "/a\\b /c" },
	{ "an escaped backslash without the outer escape", "lowerdir=/a\\\\b:/c,z", "/a\\b /c" },
	{ "an escaped backslash before a colon", "lowerdir=/a\\134\\134:/c,z", "/a\\ /c" },
	{ "a backslash and a colon, both escaped", "lowerdir=/a\\134\\134\\134:b:/c,z",
	  "/a\\:b /c" },
	{ "an escaped ordinary byte", "lowerdir=/a\\134x:/c,z", "/ax /c" },
	{ "digits after an escaped backslash are no octal escape", "lowerdir=/a\\134054:/c,z",
	  "/a054 /c" },
	{ "space, tab and newline", "lowerdir=/a\\040b\\011c\\012d:/c,z", "/a b\tc\nd /c" },
	{ "bytes that are not UTF-8", "lowerdir=/\xff\xc3:/\\377,z", "/\xff\xc3 /\xff" },
	{ "an octal NUL byte is no escape", "lowerdir=/a\\000b,z", "/a000b" },
	{ "an octal number above 255 is no escape", "lowerdir=/a\\456b,z", "/a456b" },
	{ "a digit that is not octal", "lowerdir=/a\\048b,z", "/a048b" },
	{ "escapes in upper and work",
	  "lowerdir=/a,upperdir=/u\\134:\\134\\054\\134\\134\\054,workdir=/w\\040\\134w",
	  "/a u=/u:,\\, w=/w w" },
	{ "a plain colon in upper and work", "lowerdir=/a,upperdir=/u:u,workdir=/w::w",
	  "/a u=/u:u w=/w::w" },
	{ "a backslash at the end of upper", "lowerdir=/a,upperdir=/u\\134,workdir=/w",
	  "/a u=/u w=/w" },
	{ "layers one by one have no inner escapes",
	  "lowerdir+=/a:b,lowerdir+=/a\\054b,lowerdir+=/a\\134b,lowerdir+=/a\\134:b,"
	  "datadir+=/a::b,z",
	  "/a:b /a,b /a\\b /a\\:b +/a::b" },

	{ "no path", "lowerdir=,upperdir=,workdir=,z", "" },
	{ "no name", "=/a,=,lowerdir=/b", "/b" },
	{ "no options between commas", ",,lowerdir=/a,,z", "/a" },
	{ "a list without a value", "lowerdir,lowerdir=/a", "/a" },
	{ "colons only", "lowerdir=:::,z", "" },
	{ "a colon first", "lowerdir=:/a,z", "/a" },
	{ "a colon last", "lowerdir=/a:,z", "/a" },

	{ "cut after a comma", "lowerdir=/a:/b,", "/a /b cut" },
	{ "cut after a colon", "lowerdir=/a:/b:", "/a /b cut" },
	{ "cut after an equals sign", "lowerdir=", "cut" },
	{ "cut after a backslash", "lowerdir=/a:/b\\", "/a cut" },
	{ "cut after a digit", "lowerdir=/a:/b\\1", "/a cut" },
	{ "cut after two digits", "lowerdir=/a:/b\\13", "/a cut" },
	{ "cut after an escaped backslash", "lowerdir=/a:/b\\134", "/a cut" },
	{ "not cut after two of them", "lowerdir=/a:/b\\134\\134", "/a /b\\" },
	{ "cut in lowerdir+", "lowerdir+=/a,lowerdir+=/b\\13", "/a cut" },
	{ "cut before the value of lowerdir+", "lowerdir+=/a,lowerdir+=", "/a cut" },
	{ "a backslash at the end of lowerdir+", "lowerdir+=/a,lowerdir+=/b\\134", "/a /b\\" },
	{ "cut in a data layer", "lowerdir=/a::/b::/c\\", "/a +/b cut" },
	{ "cut in the name of upper", "lowerdir=/a,upperd", "/a cut" },
	{ "cut after the name of upper", "lowerdir=/a,upperdir", "/a cut" },
	{ "cut in upper", "lowerdir=/a,upperdir=/u", "/a cut" },
	{ "cut between upper and work", "lowerdir=/a,upperdir=/u,", "/a u=/u cut" },
	{ "cut in the name of work", "lowerdir=/a,upperdir=/u,work", "/a u=/u cut" },
	{ "cut in work", "lowerdir=/a,upperdir=/u,workdir=/w\\0", "/a u=/u cut" },
	{ "cut in another option", "lowerdir=/a,uuid=\\0", "/a cut" },
	{ "cut in a flag", "lowerdir=/a,vola", "/a cut" },
	{ "upper without work", "lowerdir=/a,upperdir=/u,z", "/a u=/u cut" },
};

static void print(FILE *f, const struct overlay_options *o)
{
	const struct {
		const char *name;
		const char *value;
	} texts[] = {
		{ "u", o->upper },
		{ "w", o->work },
		{ "metacopy", o->metacopy },
		{ "index", o->index },
		{ "xino", o->xino },
		{ "redirect_dir", o->redirect_dir },
		{ "nfs_export", o->nfs_export },
		{ "uuid", o->uuid },
		{ "verity", o->verity },
	};
	const struct {
		const char *name;
		bool is;
	} flags[] = {
		{ "volatile", o->is_volatile },
		{ "userxattr", o->userxattr },
		{ "cut", o->cut },
	};

	for (size_t i = 0; i < o->lowers; i++)
		fprintf(f, "%s%s ", o->lower[i].data_only ? "+" : "", o->lower[i].path);
	for (size_t i = 0; i < ROWS(texts); i++)
		if (texts[i].value)
			fprintf(f, "%s=%s ", texts[i].name, texts[i].value);
	for (size_t i = 0; i < ROWS(flags); i++)
		if (flags[i].is)
			fprintf(f, "%s ", flags[i].name);
}

static void test_parse(void **state)
{
	const struct overlay_case *c = *state;
	struct overlay_options o;
	char *text = NULL;
	size_t len = 0;
	FILE *f = open_memstream(&text, &len);

	assert_non_null(f);
	assert_int_equal(overlay_options_parse(c->options, &o), 0);
	print(f, &o);
	overlay_options_done(&o);
	assert_int_equal(fclose(f), 0);
	if (len > 0)
		text[len - 1] = '\0'; /* the space after the last one */
	assert_string_equal(text, c->result);
	free(text);
}

/* All-zero, as after overlay_options_done. */
static void assert_empty(const struct overlay_options *o)
{
	static const struct overlay_options empty;

	assert_memory_equal(o, &empty, sizeof(empty));
}

static void test_no_text(void **state)
{
	struct overlay_options o;

	(void)state;
	memset(&o, 0xff, sizeof(o));
	assert_int_equal(overlay_options_parse(NULL, &o), -EINVAL);
	assert_empty(&o);
	overlay_options_done(&o);
	assert_empty(&o);
}

/* @separate: an option for each layer; else one list. */
static void check_many(size_t count, bool separate)
{
	struct overlay_options o;
	char *text = NULL;
	size_t len = 0;
	FILE *f = open_memstream(&text, &len);

	assert_non_null(f);
	fprintf(f, "rw%s", separate ? "" : ",lowerdir=");
	for (size_t i = 0; i < count; i++)
		fprintf(f, "%s/layers/%zu\\134:%s", separate ? ",lowerdir+=" : "", i,
			separate || i + 1 == count ? "x" : "x:");
	fprintf(f, ",upperdir=/u,workdir=/w");
	assert_int_equal(fclose(f), 0);
	assert_int_equal(overlay_options_parse(text, &o), 0);
	assert_int_equal(o.lowers, count);
	for (size_t i = 0; i < count; i++) {
		char want[64];

		snprintf(want, sizeof(want), "/layers/%zu%s:x", i, separate ? "\\" : "");
		assert_string_equal(o.lower[i].path, want);
		assert_false(o.lower[i].data_only);
	}
	assert_string_equal(o.upper, "/u");
	assert_false(o.cut);
	overlay_options_done(&o);
	assert_empty(&o);
	free(text);
}

static void test_many_layers(void **state)
{
	(void)state;
	check_many(500, false);
	check_many(500, true);
	check_many(20000, false);
}

static const struct CMUnitTest rest[] = {
	cmocka_unit_test(test_no_text),
	cmocka_unit_test(test_many_layers),
};

int main(void)
{
	struct CMUnitTest tests[ROWS(overlay_cases) + ROWS(rest)];
	struct CMUnitTest *end = CASES(tests, overlay_cases, test_parse);

	memcpy(end, rest, sizeof(rest));
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("overlay_options", tests, NULL, NULL);
}
