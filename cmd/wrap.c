/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Folds text. A character counts as one column: wide ones occur only in names, which are rare here.
 */
#include "wrap.h"

#include <string.h>

/* Columns of @len bytes of ASCII or UTF-8: all but continuation bytes count. */
static size_t columns(const char *text, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++)
		n += ((unsigned char)text[i] & 0xc0) != 0x80;
	return n;
}

void wrap(FILE *out, const char *text, size_t indent, size_t width)
{
	size_t at = indent;

	for (const char *word = text; *word;) {
		size_t len = strcspn(word, " ");
		size_t needs = columns(word, len);

		if (at > indent && at + 1 + needs > width) {
			fprintf(out, "\n%*s", (int)indent, "");
			at = indent;
		} else if (word > text) {
			fputc(' ', out);
			at++;
		}
		fwrite(word, 1, len, out);
		at += needs;
		word += len + (word[len] == ' ');
	}
	fputc('\n', out);
}

void wrap_after(FILE *out, const char *text, size_t at, size_t indent, size_t width)
{
	if (at + 2 > indent) {
		fputc('\n', out);
		at = 0;
	}
	fprintf(out, "%*s", (int)(indent - at), "");
	wrap(out, text, indent, width);
}
