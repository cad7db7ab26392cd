/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Parses messages for the name of the program and the names of files. The latter are quoted for a
 * shell: 'a b', "it's", 'two'$'\n''lines'. An apostrophe inside a word (can't) is not a quote.
 */
#include "stderr_names.h"

#include <ctype.h>
#include <string.h>

void stderr_as_cp(struct text *t, const char *err, const char *name)
{
	size_t len = strlen(name);
	char before = '\n';

	while (*err) {
		bool begins = !isalnum((unsigned char)before) && !strchr("-./_", before);

		if (begins && strncmp(err, name, len) == 0 &&
		    (err[len] == ':' || err[len] == ' ')) {
			text_puts(t, "cp");
			err += len;
		}
		before = *err;
		text_add(t, err++, 1);
	}
}

/* The end of the quoted piece that begins at @at; NULL if none begins there. */
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

void stderr_add_names(struct text *t, const char *err)
{
	bool in_word = false;

	while (*err) {
		const char *end = in_word ? NULL : piece_end(err);
		const char *begin = err;

		if (!end) {
			in_word = isalnum((unsigned char)*err++);
			continue;
		}
		for (; end; end = piece_end(err))
			err = end;
		for (; begin < err; begin++)
			text_add(t, *begin == '\n' ? " " : begin, 1);
		text_puts(t, "\n");
	}
}
