/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The texts are the library's. Here names are quoted, and options spelled as on the command line.
 */
#include "messages.h"

#include "quote.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Put the name in quotes without memory: what would have to be escaped becomes a question mark. */
static void put_roughly(FILE *out, const char *name)
{
	fputc('\'', out);
	for (; *name; name++)
		fputc(*name >= ' ' && *name <= '~' && *name != '\'' ? *name : '?', out);
	fputc('\'', out);
}

static void put_quoted(FILE *out, const char *name)
{
	char *quoted = quote(name);

	if (quoted)
		fputs(quoted, out);
	else
		put_roughly(out, name);
	free(quoted);
}

/* Quote only if the shell needs it, as cp does before a colon. */
static void put_plain(FILE *out, const char *name)
{
	static const char safe[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				   "0123456789%+,-./:@_~";

	if (*name && *name != '~' && !name[strspn(name, safe)])
		fputs(name, out);
	else
		put_quoted(out, name);
}

/* Write a part of a text; an ovlcp_text_fn. @payload: the FILE. */
static void put_part(enum ovlcp_text_part part, const char *text, void *payload)
{
	FILE *out = payload;

	switch (part) {
	case OVLCP_TEXT_NAME:
		put_quoted(out, text);
		break;
	case OVLCP_TEXT_NAME_BEFORE_COLON:
		put_plain(out, text);
		break;
	case OVLCP_TEXT_OPTION:
		fprintf(out, "%s%s", text[0] && text[1] ? "--" : "-", text);
		break;
	case OVLCP_TEXT_WORDS:
		fputs(text, out);
		break;
	}
}

void message_write_event(FILE *out, const struct ovlcp_event *e)
{
	ovlcp_event_message(e, put_part, out);
}

/* The text in @out, which is closed; to be freed. NULL if there is none. @has_text: what the
   library said. */
static char *take_text(FILE *out, char **text, bool has_text)
{
	if (fclose(out) == 0 && has_text)
		return *text;
	free(*text);
	return NULL;
}

char *message_of_event(const struct ovlcp_event *e)
{
	size_t len;
	char *text = NULL;
	FILE *out = open_memstream(&text, &len);

	if (!out)
		return NULL;
	message_write_event(out, e);
	return take_text(out, &text, true);
}

char *message_of_fallback(const struct ovlcp_event *e)
{
	size_t len;
	char *text = NULL;
	FILE *out = open_memstream(&text, &len);

	if (!out)
		return NULL;
	put_quoted(out, ovlcp_event_destination(e));
	fputs(ovlcp_event_type(e) == OVLCP_EVENT_PLANNED ? " would not share its data: "
							 : " does not share its data: ",
	      out);
	if (!ovlcp_event_reason_text(e, put_part, out))
		fputs("it was written in full", out);
	return take_text(out, &text, true);
}

char *message_of_reason(const struct ovlcp_event *e)
{
	size_t len;
	char *text = NULL;
	FILE *out = open_memstream(&text, &len);

	return out ? take_text(out, &text, ovlcp_event_reason_text(e, put_part, out)) : NULL;
}

char *message_of_advice(const struct ovlcp_event *e, bool fan_out)
{
	size_t len;
	char *text = NULL;
	FILE *out = open_memstream(&text, &len);

	return out ? take_text(out, &text, ovlcp_event_advice(e, fan_out, put_part, out)) : NULL;
}
