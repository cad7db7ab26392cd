/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Names in messages (cmd/quote.c), as GNU cp 9.1 prints them for: cp -- NAME /nonexistent/
 *
 * Two of its results are not asked for, because they are its mistakes: after a name that has a
 * single quote and ends in an escape, its second pass begins inside $'...', so that "\n'\n" loses
 * the $ and cannot be pasted, and others get a needless ''.
 */
#include "cases.h"

#include "quote.h"

#include <locale.h>
#include <stdlib.h>

struct quote_case {
	const char *name;
	const char *text;
	const char *quoted;
};

static const struct quote_case quote_cases[] = {
	{ "a plain name", "plain", "'plain'" },
	{ "an empty name", "", "''" },
	{ "a space", "a b", "'a b'" },
	{ "what the shell would expand", "$HOME `id` *?[a]{b,c} ~ # !",
	  "'$HOME `id` *?[a]{b,c} ~ # !'" },
	{ "double quotes", "say \"hi\"", "'say \"hi\"'" },
	{ "a backslash", "a\\b", "'a\\b'" },
	{ "a dash first", "-x", "'-x'" },
	{ "a percent sign", "100%s", "'100%s'" },

	{ "a single quote", "it's", "\"it's\"" },
	{ "a single quote alone", "'", "\"'\"" },
	{ "two single quotes", "x''y", "\"x''y\"" },
	{ "a single quote among harmless signs", "it's %+,-./:]_@", "\"it's %+,-./:]_@\"" },
	{ "a single quote after ~ at the beginning", "~'", "\"~'\"" },
	{ "a single quote after # at the beginning", "#'", "\"#'\"" },

	{ "both quotes", "it's \"x\"", "'it'\\''s \"x\"'" },
	{ "a single quote and $", "it's $x", "'it'\\''s $x'" },
	{ "a single quote and `", "it's`", "'it'\\''s`'" },
	{ "a single quote and !", "it's !", "'it'\\''s !'" },
	{ "a single quote and a backslash", "it's \\", "'it'\\''s \\'" },
	{ "a single quote and parentheses", "it's (1).txt", "'it'\\''s (1).txt'" },
	{ "a single quote and =", "it's=1", "'it'\\''s=1'" },
	{ "a single quote and &", "it's &", "'it'\\''s &'" },
	{ "a single quote and ;", "it's;", "'it'\\''s;'" },
	{ "a single quote and *", "it's*", "'it'\\''s*'" },
	{ "a single quote and ?", "it's ?", "'it'\\''s ?'" },
	{ "a single quote and [", "it's[", "'it'\\''s['" },
	{ "a single quote and <", "it's<", "'it'\\''s<'" },
	{ "a single quote and >", "it's>", "'it'\\''s>'" },
	{ "a single quote and |", "it's|", "'it'\\''s|'" },
	{ "a single quote and ^", "it's^", "'it'\\''s^'" },
	{ "a single quote and {", "it's {", "'it'\\''s {'" },
	{ "a single quote and }", "it's }", "'it'\\''s }'" },
	{ "a single quote before ~", "it's ~", "'it'\\''s ~'" },
	{ "a single quote before #", "a'#", "'a'\\''#'" },

	{ "a newline", "a\nb", "'a'$'\\n''b'" },
	{ "a newline alone", "\n", "''$'\\n'" },
	{ "a newline first", "\na", "''$'\\n''a'" },
	{ "a newline last", "a\n", "'a'$'\\n'" },
	{ "a tab", "a\tb", "'a'$'\\t''b'" },
	{ "bytes that have a letter", "\a\b\t\n\v\f\r", "''$'\\a\\b\\t\\n\\v\\f\\r'" },
	{ "bytes that have a number", "\001\033\177", "''$'\\001\\033\\177'" },
	{ "a terminal's escape sequence", "\033[31m", "''$'\\033''[31m'" },
	{ "a newline after a single quote", "'\n", "''\\'''$'\\n'" },
	{ "a newline between a single quote and a letter", "a'\nb", "'a'\\'''$'\\n''b'" },
	{ "a newline before a single quote", "\n'", "''$'\\n'\\'''" },
	{ "a byte that is no text", "\377", "''$'\\377'" },
	{ "a byte that is no text in the middle", "a\377b", "'a'$'\\377''b'" },
	{ "a character that ends too early", "a\303", "'a'$'\\303'" },
	{ "a character that ends too early after two bytes", "\346\227", "''$'\\346\\227'" },
	{ "a control character of two bytes", "\302\205", "''$'\\302\\205'" },
};

/* Where the locale knows UTF-8, and where it does not. */
static const struct quote_case utf8_cases[] = {
	{ "UTF-8: two bytes", "\303\251", "'\303\251'" },
	{ "UTF-8: three bytes", "\346\227\245\346\234\254", "'\346\227\245\346\234\254'" },
	{ "UTF-8: among others", "a \303\251 b", "'a \303\251 b'" },
	{ "UTF-8: with a single quote", "it's \303\251", "\"it's \303\251\"" },
	{ "UTF-8: before a byte that is none", "\303\251\377", "'\303\251'$'\\377'" },
	{ "UTF-8: after a byte that is none", "\377\303\251", "''$'\\377''\303\251'" },
	/* cp 9.1 does not escape these two, for which the text after them changes its place */
	{ "UTF-8: right to left by force", "a\342\200\256b", "'a'$'\\342\\200\\256''b'" },
	{ "UTF-8: isolated", "\342\201\246b", "''$'\\342\\201\\246''b'" },
	{ "UTF-8: a mark that orders nothing else", "\342\200\217", "'\342\200\217'" },
};

static const struct quote_case c_cases[] = {
	{ "C: two bytes", "\303\251", "''$'\\303\\251'" },
	{ "C: three bytes", "\346\227\245", "''$'\\346\\227\\245'" },
	{ "C: among others", "a \303\251 b", "'a '$'\\303\\251'' b'" },
	{ "C: with a single quote", "\303\251's", "''$'\\303\\251'\\''s'" },
};

static void check(const struct quote_case *c, const char *locale)
{
	char *quoted;

	if (!setlocale(LC_ALL, locale))
		skip();
	quoted = quote(c->text);
	assert_non_null(quoted);
	assert_string_equal(quoted, c->quoted);
	free(quoted);
}

static void test_anywhere(void **state)
{
	check(*state, "C");
	check(*state, "C.UTF-8");
}

static void test_utf8(void **state)
{
	check(*state, "C.UTF-8");
}

static void test_c(void **state)
{
	check(*state, "C");
}

int main(void)
{
	struct CMUnitTest tests[ROWS(quote_cases) + ROWS(utf8_cases) + ROWS(c_cases)];
	struct CMUnitTest *end = tests;

	end = CASES(end, quote_cases, test_anywhere);
	end = CASES(end, utf8_cases, test_utf8);
	CASES(end, c_cases, test_c);
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("quote", tests, NULL, NULL);
}
