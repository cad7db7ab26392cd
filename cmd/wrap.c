/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Folds text. A name in it is recognized by its quotes, which are those of quote.c.
 */
#include "wrap.h"

#include "columns.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

/* The end of the quoted part whose opening quote is before @s; NULL if there is none. */
static const char *end_of_part(const char *s, char quote, bool has_escapes)
{
	for (; *s && *s != quote; s++)
		if (has_escapes && *s == '\\' && s[1])
			s++;
	return *s ? s + 1 : NULL;
}

/* Length of the quoted name at @text, all of its parts: 'it'\''s'$'\n'. 0 if it has no end. */
static size_t quoted_length(const char *text)
{
	const char *end = end_of_part(text + 1, *text, false);

	while (end && *text == '\'') {
		if (strncmp(end, "\\''", 3) == 0)
			end = end_of_part(end + 3, '\'', false);
		else if (strncmp(end, "$'", 2) == 0)
			end = end_of_part(end + 2, '\'', true);
		else if (*end == '\'')
			end = end_of_part(end + 1, '\'', false);
		else
			break;
	}
	return end ? (size_t)(end - text) : 0;
}

/* Length of the word at @text, with the spaces of quoted names in it. An apostrophe in a word does
   not begin a name. */
static size_t word_length(const char *text)
{
	size_t len = 0;

	while (text[len] && text[len] != ' ') {
		const bool is_quote = text[len] == '\'' || text[len] == '"';
		const bool begins = len == 0 || !isalnum((unsigned char)text[len - 1]);
		const size_t name = is_quote && begins ? quoted_length(text + len) : 0;

		len += name ? name : 1;
	}
	return len;
}

/* Length of the word at @text. A name that is longer than @room columns is several words. */
static size_t word_within(const char *text, size_t room)
{
	const size_t len = word_length(text);

	return columns_of(text, len) <= room ? len : strcspn(text, " ");
}

void wrap_from(FILE *out, const char *text, size_t at, size_t indent, size_t width)
{
	if (width == WRAP_NEVER) {
		fprintf(out, "%s\n", text);
		return;
	}
	for (const char *word = text; *word;) {
		const size_t len = word_within(word, width > indent ? width - indent : 0);
		const size_t needs = columns_of(word, len);
		const size_t space = word > text; /* before the first one the caller printed it */

		if (at > indent && at + space + needs > width) {
			fprintf(out, "\n%*s", (int)indent, "");
			at = indent;
		} else if (space) {
			fputc(' ', out);
			at++;
		}
		fwrite(word, 1, len, out);
		at += needs;
		word += len + (word[len] == ' ');
	}
	fputc('\n', out);
}

void wrap(FILE *out, const char *text, size_t indent, size_t width)
{
	wrap_from(out, text, indent, indent, width);
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
