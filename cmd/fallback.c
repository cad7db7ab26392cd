/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Decides which written files are fallbacks, and which of them need a message.
 */
#include "fallback.h"

#include "diag.h"
#include "human.h"
#include "messages.h"
#include "quote.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

bool fallback_is_wanted(enum ovlcp_reason reason)
{
	return reason == OVLCP_REASON_NONE || reason == OVLCP_REASON_REFLINK_NEVER ||
	       reason == OVLCP_REASON_SPARSE || reason == OVLCP_REASON_EMPTY ||
	       reason == OVLCP_REASON_NOT_REGULAR || reason == OVLCP_REASON_LOWER_DONOR;
}

static void print_fallback(const struct ovlcp_event *e, bool is_error)
{
	char *text;

	diag_use_locale(); /* the name is quoted in it */
	text = message_of_fallback(e);
	diag_message(is_error ? "" : "warning: ", text);
	free(text);
}

static char *destination_name(const struct ovlcp_event *e)
{
	return diag_quote(ovlcp_event_destination(e));
}

bool fallback_event(struct fallback *f, const struct ovlcp_event *e)
{
	const bool is_error = f->mode == FALLBACK_ERROR;
	bool is_reported;

	if (f->mode == FALLBACK_SILENT || ovlcp_event_bytes_written(e) == 0 ||
	    fallback_is_wanted(ovlcp_event_reason(e)))
		return false;
	f->failed = f->failed || is_error;
	f->is_dry = ovlcp_event_type(e) == OVLCP_EVENT_PLANNED;
	is_reported = is_error || repeats_add(&f->written, e, destination_name, NULL);
	if (is_reported)
		print_fallback(e, is_error);
	return is_reported;
}

/* @first: the name of the destination that the warning was about. */
static void print_count(const char *first, uint64_t files, uint64_t bytes, const char *were)
{
	char size[HUMAN_SIZE_MAX];

	(void)diag_failure(0, "%" PRIu64 " files (%s) %s written in full for the same reason as %s",
			   files, human_size(bytes, size), were, first ? first : QUOTE_NO_MEMORY);
}

static void print_copied(const char *first, uint64_t files, uint64_t bytes)
{
	print_count(first, files, bytes, "were");
}

static void print_dry_run(const char *first, uint64_t files, uint64_t bytes)
{
	print_count(first, files, bytes, "would be");
}

void fallback_finish(struct fallback *f)
{
	repeats_finish(&f->written, f->is_dry ? print_dry_run : print_copied);
}
