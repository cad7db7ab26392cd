/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Quoting as GNU cp does it in messages ('a b', "it's", 'a'$'\n''b').
 */
#include "quote.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>

/* How the current part is quoted. */
enum part {
	PLAIN,	 /* '...' */
	ESCAPED, /* $'...' */
};

static void escape(FILE *out, unsigned char c)
{
	static const char letters[] = "abtnvfr"; /* for the bytes 7 to 13 */

	if (c >= 7 && c <= 13)
		fprintf(out, "\\%c", letters[c - 7]);
	else
		fprintf(out, "\\%03o", c);
}

/* Close the current part and begin another, if @part differs. */
static void begin_part(FILE *out, enum part *now, enum part part)
{
	if (*now != part)
		fputs(part == ESCAPED ? "'$'" : "''", out);
	*now = part;
}

/* Whether a terminal shows what follows @wc in another order (Unicode bidirectional embeddings,
   overrides and isolates): a name could pass for another one. */
static bool reorders(wchar_t wc)
{
	return (wc >= 0x202a && wc <= 0x202e) || (wc >= 0x2066 && wc <= 0x2069);
}

/* Length in bytes of the printable character at @s; 0 if it is not printable. */
static size_t printable(const char *s, mbstate_t *state)
{
	wchar_t wc;
	size_t n = mbrtowc(&wc, s, strlen(s), state);

	if (n == (size_t)-1 || n == (size_t)-2) {
		*state = (mbstate_t){ 0 };
		return 0;
	}
	return iswprint((wint_t)wc) && !reorders(wc) ? n : 0;
}

static void quote_into(FILE *out, const char *name)
{
	mbstate_t state = { 0 };
	enum part part = PLAIN;

	fputc('\'', out);
	while (*name) {
		size_t n = printable(name, &state);

		if (n == 0) {
			begin_part(out, &part, ESCAPED);
			escape(out, (unsigned char)*name++);
			continue;
		}
		if (*name == '\'') {
			fputs("'\\''", out); /* close the part, escape the quote, open the next */
			part = PLAIN;
		} else {
			begin_part(out, &part, PLAIN);
			fwrite(name, 1, n, out);
		}
		name += n;
	}
	fputc('\'', out);
}

bool quote_is_printable(const char *name)
{
	mbstate_t state = { 0 };

	while (*name) {
		size_t n = printable(name, &state);

		if (n == 0)
			return false;
		name += n;
	}
	return true;
}

/* Whether @name is quoted in double quotes: it has a single quote, and nothing special in them. */
static bool fits_double_quotes(const char *name)
{
	return strchr(name, '\'') && !strpbrk(name, "!\"$&()*;<=>?[\\^`{|}") &&
	       !strpbrk(name + 1, "#~") && quote_is_printable(name);
}

char *quote(const char *name)
{
	char *text = NULL;
	size_t len;
	FILE *out;

	if (fits_double_quotes(name))
		return asprintf(&text, "\"%s\"", name) < 0 ? NULL : text;
	out = open_memstream(&text, &len);
	if (!out)
		return NULL;
	quote_into(out, name);
	if (fclose(out) != 0) {
		free(text);
		return NULL;
	}
	return text;
}
