/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Text about names (cmd/quote.c, base64.c, wrap.c, similar.c, lib/base/octal.c). The input are
 * three bytes, width, indentation and a position, and a name.
 *
 * A shell reads the quoted name as the name, and nothing in it controls a terminal. The name comes
 * back from base64. Folded text is the text, with lines that are as long as asked for or one word.
 * Only an option that differs in at most a third of its bytes, or begins with the name, is called
 * similar. Without its octal escapes a text is not longer, and one without backslashes is the same.
 */
#include "input.h"
#include "names.h"

#include "base/octal.h"
#include "base64.h"
#include "optlist.h"
#include "quote.h"
#include "similar.h"
#include "wrap.h"

#include <locale.h>
#include <stdio.h>

static void check_quote(const char *name)
{
	char *quoted = quote(name);
	const char *end;
	char *back;

	must(quoted);
	for (const char *c = quoted; *c; c++)
		must((unsigned char)*c >= ' ' && *c != 0x7f);
	/* blanks are in quotes: unquote would stop at others */
	back = unquote(quoted, &end);
	must(!*end && strcmp(back, name) == 0);
	free(back);
	free(quoted);
}

static void check_base64(const char *name)
{
	char *text = base64(name);
	char *back;

	must(text && strlen(text) == (strlen(name) + 2) / 3 * 4);
	back = unbase64(text);
	must(strcmp(back, name) == 0);
	free(back);
	free(text);
}

/* Compare the folded @lines with @text: a space, or a newline and the indentation. */
static void check_folded(const char *lines, const char *text, size_t indent, size_t width)
{
	const char *begin = lines;

	while (*text) {
		if (*lines == '\n' && *text == ' ') {
			must((size_t)(lines - begin) + indent <= width ||
			     !memchr(begin, ' ', (size_t)(lines - begin)));
			for (size_t i = 0; i < indent; i++)
				must(*++lines == ' ');
			lines++;
			text++;
			begin = lines;
			continue;
		}
		must(*lines++ == *text++);
	}
	must(strcmp(lines, "\n") == 0);
}

static bool is_printable(const char *text)
{
	while (*text >= ' ' && *text <= '~')
		text++;
	return !*text;
}

static void check_wrap(const char *name, size_t indent, size_t width)
{
	char *lines = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&lines, &len);

	must(out);
	wrap(out, name, indent, width);
	must(fclose(out) == 0);
	/* spaces at the ends, and several ones, are not all kept; a byte of ASCII is a column */
	if (is_printable(name) && !strstr(name, "  ") && name[0] != ' ' &&
	    (!*name || name[strlen(name) - 1] != ' '))
		check_folded(lines, name, indent, width);
	free(lines);
}

static void check_similar(const char *name)
{
	const size_t len = strlen(name);

	for (const struct opt *o = opt_list; o->id; o++) {
		const size_t other = strlen(o->long_name);
		const bool is_beginning = len >= 3 && strncmp(o->long_name, name, len) == 0;
		size_t edits = similar_limit(len);

		if (similar_is_closer(o->long_name, name, len, &edits))
			must(is_beginning || (other > len ? other - len : len - other) <= len / 3);
		else
			must(!other || strcmp(o->long_name, name) != 0);
	}
}

static void check_octal(const char *name)
{
	size_t len = strlen(name);
	char *text = malloc(len + 1);
	size_t now;

	must(text);
	memcpy(text, name, len + 1);
	now = octal_unescape(text, len);
	must(now <= len && (len - now) % 3 == 0 && !memchr(text, '\0', now));
	must(strchr(name, '\\') || (now == len && memcmp(text, name, len) == 0));
	free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data, size };
	size_t width = input_byte(&in);
	size_t indent = input_below(&in, 32);
	char *name;

	(void)setlocale(LC_CTYPE, input_flag(&in) ? "C.UTF-8" : "C");
	name = input_text(&in);
	check_quote(name);
	check_base64(name);
	check_wrap(name, indent, width);
	check_similar(name);
	check_octal(name);
	free(name);
	return 0;
}
