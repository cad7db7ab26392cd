/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reads messages: what a program calls itself in them, and which names they are about. A name is
 * quoted as for a shell: 'a b', "it's", 'two'$'\n''lines'. An apostrophe inside a word (can't) is
 * none of that.
 */
#include "said.h"

#include <ctype.h>
#include <string.h>

void said_as_cp(struct text *t, const char *said, const char *name)
{
	size_t len = strlen(name);
	char before = '\n';

	while (*said) {
		bool begins = !isalnum((unsigned char)before) && !strchr("-./_", before);

		if (begins && strncmp(said, name, len) == 0 &&
		    (said[len] == ':' || said[len] == ' ')) {
			text_puts(t, "cp");
			said += len;
		}
		before = *said;
		text_add(t, said++, 1);
	}
}

/* Where the piece of a quoted word that begins at @at ends; NULL if none begins there. */
static const char *piece_end(const char *at)
{
	char quote = *at;
	bool escapes = at[0] == '$' && at[1] == '\'';

	if (at[0] == '\\' && at[1] == '\'')
		return at + 2;
	if (escapes)
		quote = *++at;
	if (quote != '\'' && quote != '"')
		return NULL;
	for (at++; *at && *at != quote; at++) {
		if (*at == '\\' && at[1] && (escapes || quote == '"'))
			at++;
	}
	return *at ? at + 1 : NULL;
}

void said_names(struct text *t, const char *said)
{
	bool in_word = false;

	while (*said) {
		const char *end = in_word ? NULL : piece_end(said);
		const char *begin = said;

		if (!end) {
			in_word = isalnum((unsigned char)*said++);
			continue;
		}
		for (; end; end = piece_end(said))
			said = end;
		for (; begin < said; begin++)
			text_add(t, *begin == '\n' ? " " : begin, 1);
		text_puts(t, "\n");
	}
}
