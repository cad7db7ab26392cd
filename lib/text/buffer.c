/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The words of ovlcp.h for options, and names that cannot forge lines.
 */
#include "text/buffer.h"

#include <string.h>

/* Options of the command, as patterns have them, and what stands for them in ovlcp.h. */
static const struct {
	const char *option;
	const char *words;
} words_of[] = {
	{ "copy-up", "ovlcp_options.copy_up" },
	{ "copy-up-min", "ovlcp_options.copy_up_min" },
	{ "copy-up=always", "OVLCP_COPY_UP_ALWAYS" },
	{ "copy-up=never", "OVLCP_COPY_UP_NEVER" },
	{ "fan-out", "ovlcp_fan_out" },
	{ "no-layer-bypass", "OVLCP_NO_LAYER_BYPASS" },
	{ "r", "OVLCP_RECURSIVE" },
	{ "reflink=always", "OVLCP_REFLINK_ALWAYS" },
	{ "reflink=auto", "OVLCP_REFLINK_AUTO" },
	{ "reflink=never", "OVLCP_REFLINK_NEVER" },
	{ "require", "ovlcp_options.require" },
	{ "require=clone", "OVLCP_REQUIRE_CLONE" },
	{ "require=share", "OVLCP_REQUIRE_SHARE" },
	{ "sparse", "ovlcp_options.sparse" },
};

static void append(struct ovlcp_text_buffer *b, char c)
{
	if (b->length + 1 < b->size) {
		b->text[b->length] = c;
		b->text[b->length + 1] = '\0';
	}
	b->length++;
}

static void append_text(struct ovlcp_text_buffer *b, const char *text)
{
	for (; *text; text++)
		append(b, *text);
}

/* Bytes of the control character that @name begins with, also of one of the second set (C1) in
   UTF-8; 0 if it is none. */
static size_t control_length(const char *name)
{
	const unsigned char *c = (const unsigned char *)name;

	if (c[0] < ' ' || c[0] == 0x7f)
		return 1;
	return c[0] == 0xc2 && c[1] >= 0x80 && c[1] < 0xa0 ? 2 : 0;
}

/* Append a name in quotes, with question marks for what would act on a terminal. */
static void append_name(struct ovlcp_text_buffer *b, const char *name)
{
	append(b, '\'');
	while (*name) {
		const size_t control = control_length(name);

		append(b, control ? '?' : *name);
		name += control ? control : 1;
	}
	append(b, '\'');
}

static const char *option_words(const char *option)
{
	for (size_t i = 0; i < sizeof(words_of) / sizeof(*words_of); i++)
		if (strcmp(words_of[i].option, option) == 0)
			return words_of[i].words;
	return option;
}

void text_put(struct ovlcp_text_buffer *b, enum ovlcp_text_part part, const char *text)
{
	if (b->length == 0 && b->size > 0)
		b->text[0] = '\0';
	if (part == OVLCP_TEXT_NAME || part == OVLCP_TEXT_NAME_BEFORE_COLON)
		append_name(b, text);
	else
		append_text(b, part == OVLCP_TEXT_OPTION ? option_words(text) : text);
}
