/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Written after POSIX (2.2 Quoting) and RFC 4648, not after the product.
 */
#include "names.h"

#include "fuzz.h"

#include <string.h>

/* The byte of an escape in $'...'; moves @at behind it. */
static char escaped_byte(const char **at)
{
	static const char letters[] = "abtnvfr";
	const char *letter = strchr(letters, **at);
	int byte = 0;

	must(**at != '\0');
	if (letter) {
		(*at)++;
		return (char)(letter - letters + 7);
	}
	for (int i = 0; i < 3; i++, (*at)++) {
		must(**at >= '0' && **at <= '7');
		byte = byte * 8 + (**at - '0');
	}
	must(byte > 0 && byte < 256);
	return (char)byte;
}

/* The part of a word that begins at @at; appends its bytes at @to. Returns the end of them. */
static char *unquote_part(const char **at, char *to)
{
	bool dollar = **at == '$';
	char quote = *(*at += dollar);

	if (quote == '\\' && !dollar) {
		must((*at)[1] == '\'');
		*to++ = '\'';
		*at += 2;
		return to;
	}
	must(quote == '\'' || (quote == '"' && !dollar));
	for ((*at)++; **at != quote;) {
		must(**at != '\0');
		must(quote == '\'' || !strchr("$`\\!", **at));
		if (dollar && **at == '\\') {
			(*at)++;
			*to++ = escaped_byte(at);
		} else {
			*to++ = *(*at)++;
		}
	}
	(*at)++;
	return to;
}

char *unquote(const char *word, const char **ret_end)
{
	char *name = malloc(strlen(word) + 1);
	char *to = name;
	const char *at = word;

	must(name && *word);
	while (*at && !strchr(" \t\n", *at))
		to = unquote_part(&at, to);
	*to = '\0';
	*ret_end = at;
	return name;
}

/* The six bits of a letter. */
static unsigned int bits_of(char letter)
{
	static const char letters[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *at = letter ? strchr(letters, letter) : NULL;

	must(at);
	return (unsigned int)(at - letters);
}

char *unbase64(const char *text)
{
	size_t len = strlen(text);
	char *bytes = malloc(len + 1);
	char *to = bytes;
	unsigned int padding = 0;

	must(bytes && len % 4 == 0);
	while (len > 0 && padding < 2 && text[len - 1] == '=') {
		len--;
		padding++;
	}
	for (size_t i = 0, bits = 0; i < len; i++) {
		bits = bits << 6 | bits_of(text[i]);
		if (i % 4)
			*to++ = (char)(bits >> (6 - 2 * (i % 4)) & 0xff);
		/* what is behind the last byte is 0 */
		must(i + 1 < len || len % 4 == 0 || !(bits & ((1u << (len % 4 == 2 ? 4 : 2)) - 1)));
	}
	*to = '\0';
	return bytes;
}
