/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Quotes nothing and words no option: the receiver does.
 */
#include "text/expand.h"

#include "base/errno_text.h"
#include "model/event.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Bytes of a part that is copied; words can be several parts. */
#define PART_SIZE 128

/* Pass on the first @len bytes of @text. */
static void put_part(const struct text_receiver *to, enum ovlcp_text_part part, const char *text,
		     size_t len)
{
	char copy[PART_SIZE];

	while (len > 0) {
		const size_t n = len < sizeof(copy) ? len : sizeof(copy) - 1;

		memcpy(copy, text, n);
		copy[n] = '\0';
		to->fn(part, copy, to->payload);
		text += n;
		len -= n;
	}
}

static void put_words(const struct text_receiver *to, const char *text)
{
	to->fn(OVLCP_TEXT_WORDS, text, to->payload);
}

static void put_fs(const struct text_receiver *to, const struct ovlcp_event *e)
{
	const char *fs = e->dst_fs;

	if (!*fs)
		return;
	put_words(to, ", ");
	put_words(to, fs);
	put_words(to, ",");
}

static void put_offset(const struct text_receiver *to, const struct ovlcp_event *e)
{
	char text[32];

	(void)snprintf(text, sizeof(text), "%" PRIu64, e->offset);
	put_words(to, text);
}

/* What is missing if an operation fails with ELIBACC, and how to install it. */
static const char *const missing_libraries[OVLCP_OP_COUNT] = {
	[OVLCP_OP_CHMOD] =
		"access control lists need libacl.so.1, which cannot be loaded; install libacl1 "
		"(Debian, Ubuntu), libacl (Fedora) or acl-libs (Alpine)",
	[OVLCP_OP_SET_CONTEXT] =
		"the policy is asked through libselinux.so.1, which cannot be loaded; install "
		"libselinux1 (Debian, Ubuntu) or libselinux (Fedora, Alpine)",
};

static void put_error(const struct text_receiver *to, const struct err *err)
{
	const char *missing = err->code == ELIBACC && (unsigned int)err->op < OVLCP_OP_COUNT
				      ? missing_libraries[err->op]
				      : NULL;

	put_words(to, missing ? missing : errno_text(err->code));
}

/* Pass on what the letter @c stands for. */
static void put_field(const struct text_receiver *to, char c, const struct ovlcp_event *e)
{
	switch (c) {
	case 'S':
		to->fn(OVLCP_TEXT_NAME, e->src, to->payload);
		break;
	case 'D':
		to->fn(OVLCP_TEXT_NAME, e->dst, to->payload);
		break;
	case 'O':
		to->fn(OVLCP_TEXT_NAME, e->other, to->payload);
		break;
	case 'd':
		to->fn(OVLCP_TEXT_NAME_BEFORE_COLON, e->dst, to->payload);
		break;
	case 'F':
		put_fs(to, e);
		break;
	case 'E':
		put_error(to, &e->err);
		break;
	case 'C':
		put_words(to, errno_text(e->outcome.copy_up_error));
		break;
	case 'N':
		put_offset(to, e);
		break;
	default:
		break;
	}
}

void text_expand(const struct text_receiver *to, const char *pattern, const struct ovlcp_event *e)
{
	while (*pattern) {
		const size_t len = strcspn(pattern, "%");

		put_part(to, OVLCP_TEXT_WORDS, pattern, len);
		pattern += len;
		if (pattern[0] == '%' && pattern[1] == '{') {
			const size_t end = strcspn(pattern, "}");

			put_part(to, OVLCP_TEXT_OPTION, pattern + 2, end - 2);
			pattern += end + 1;
		} else if (*pattern) {
			put_field(to, pattern[1], e);
			pattern += 2;
		}
	}
}
