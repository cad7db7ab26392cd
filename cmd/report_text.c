/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The text for each type of event. Plans of a dry run are left to explain.c.
 */
#include "report_text.h"

#include "diag.h"
#include "messages.h"
#include "quote.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* Print "'a' -> 'b'", and for a third file "(role: 'c')". @other: "" for none. */
static void print_pair(const char *from, const char *to, const char *role, const char *other)
{
	char *src = diag_quote(from);
	char *dst = diag_quote(to);
	char *third = *other ? diag_quote(other) : NULL;

	printf("%s -> %s", src ? src : QUOTE_NO_MEMORY, dst ? dst : QUOTE_NO_MEMORY);
	if (third)
		printf(" (%s: %s)", role, third);
	putchar('\n');
	diag_note_stdout();
	free(src);
	free(dst);
	free(third);
}

static void print_restored(const struct ovlcp_event *e)
{
	char *backup = diag_quote(ovlcp_event_other(e));
	char *dst = diag_quote(ovlcp_event_destination(e));

	printf("%s -> %s (unbackup)\n", backup ? backup : QUOTE_NO_MEMORY,
	       dst ? dst : QUOTE_NO_MEMORY);
	diag_note_stdout();
	free(backup);
	free(dst);
}

/* Print what became of a source that has no destination (--copy-up-only). */
static void print_source_only(const struct ovlcp_event *e)
{
	char *src = diag_quote(ovlcp_event_source(e));
	char *reason = message_of_reason(e);

	if (ovlcp_event_type(e) == OVLCP_EVENT_COPIED_UP)
		printf("copied up %s: %" PRIu64 " bytes\n", src ? src : QUOTE_NO_MEMORY,
		       ovlcp_event_bytes_copied_up(e));
	else
		printf("left alone %s: %s\n", src ? src : QUOTE_NO_MEMORY, reason ? reason : "");
	diag_note_stdout();
	free(src);
	free(reason);
}

static void print_left_alone(const struct ovlcp_event *e)
{
	print_pair(ovlcp_event_source(e), ovlcp_event_destination(e), "", "");
	puts("  method:      nothing: the destination exists and is left alone");
	diag_note_stdout();
}

static void print_removed(const struct options *o, const struct ovlcp_event *e)
{
	char *dst = diag_quote(ovlcp_event_destination(e));

	printf("%s %s\n", o->explain ? "would remove" : "removed", dst ? dst : QUOTE_NO_MEMORY);
	diag_note_stdout();
	free(dst);
}

static void print_debug(const struct ovlcp_event *e)
{
	const char *method = ovlcp_method_text(ovlcp_event_method(e));
	char *reason = message_of_reason(e);

	if (!*ovlcp_event_rule(e)) {
		printf("  %s\n", method); /* a directory, a link and the like: no data */
		diag_note_stdout();
		return;
	}
	printf("  %s: %" PRIu64 " bytes written, %" PRIu64 " shared", method,
	       ovlcp_event_bytes_written(e), ovlcp_event_bytes_shared(e));
	if (ovlcp_event_bytes_copied_up(e))
		printf(", %" PRIu64 " copied up", ovlcp_event_bytes_copied_up(e));
	printf(" (rule: %s)\n", ovlcp_event_rule(e));
	if (reason)
		printf("  not shared with the source: %s\n", reason);
	diag_note_stdout();
	free(reason);
}

/* What shared all of its data before has no line of -v: nothing was done. */
static void print_deduped(const struct options *o, const struct ovlcp_event *e)
{
	if (o->debug || (o->verbose && ovlcp_event_bytes_shared(e)))
		print_pair(ovlcp_event_source(e), ovlcp_event_destination(e), "", "");
	if (o->debug)
		print_debug(e);
}

/* Whether it is one of the many files below a directory that cannot share, as is to be expected. */
static bool is_quiet_skip(const struct options *o, const struct ovlcp_event *e)
{
	return o->dedupe_within && !o->verbose && ovlcp_event_op(e) == OVLCP_OP_DEDUPE_LOWER;
}

/* Whether -a suppresses the warning: an attribute that it preserves only where possible. */
static bool is_quiet_loss(const struct options *o, const struct ovlcp_event *e)
{
	static const bool is_attribute[OVLCP_OP_COUNT] = {
		[OVLCP_OP_SET_XATTR] = true,
		[OVLCP_OP_GET_XATTR] = true,
		[OVLCP_OP_SET_CONTEXT] = true,
		[OVLCP_OP_GET_CONTEXT] = true,
	};
	enum ovlcp_op op = ovlcp_event_op(e);

	return o->quiet_losses && op < OVLCP_OP_COUNT && is_attribute[op];
}

/* Whether only the environment has asked for what could not be done: scripts that know nothing of
   it may take a message for a failure. */
static bool is_unasked(const struct options *o, const struct ovlcp_event *e)
{
	return ovlcp_event_op(e) == OVLCP_OP_REMEMBER && !o->given[OPT_REMEMBER] && !o->debug;
}

/* Print a failure or a warning; in a summary only the first of its kind. */
static void print_message_of(const struct options *o, struct repeats *repeats,
			     const struct ovlcp_event *e)
{
	if (repeats_unreadable(repeats, e))
		return;
	if (!o->summary || repeats_add(repeats, e, message_of_event))
		diag_event(e);
}

void report_text(const struct options *o, struct repeats *repeats, const struct ovlcp_event *e)
{
	switch (ovlcp_event_type(e)) {
	case OVLCP_EVENT_BEGIN:
		if (o->verbose)
			print_pair(ovlcp_event_source(e), ovlcp_event_destination(e), "backup",
				   ovlcp_event_other(e));
		break;
	case OVLCP_EVENT_PARENT_CREATED:
		if (o->verbose) /* not quoted, as in cp */
			printf("%s -> %s\n", ovlcp_event_source(e), ovlcp_event_destination(e));
		diag_note_stdout();
		break;
	case OVLCP_EVENT_RESTORED:
		if (o->verbose)
			print_restored(e);
		break;
	case OVLCP_EVENT_COPIED:
		if (o->debug)
			print_debug(e);
		break;
	case OVLCP_EVENT_COPIED_UP:
		if (o->verbose)
			print_source_only(e);
		break;
	case OVLCP_EVENT_DEDUPED:
		print_deduped(o, e);
		break;
	case OVLCP_EVENT_PLANNED:
		break; /* explain.c prints it */
	case OVLCP_EVENT_REMOVED:
		if (o->verbose)
			print_removed(o, e);
		break;
	case OVLCP_EVENT_SKIPPED:
		/* skipped by a check; otherwise by -n or by the answer of the user */
		if (is_quiet_skip(o, e))
			break;
		if (ovlcp_event_op(e) != OVLCP_OP_NONE)
			print_message_of(o, repeats, e);
		else if (o->copy_up_only && o->verbose)
			print_source_only(e);
		else if (o->explain && !o->summary && !o->copy_up_only)
			print_left_alone(e);
		break;
	case OVLCP_EVENT_FAILED:
		/* the signal that stopped the copy is not a message of its own */
		if (ovlcp_event_errno(e) == ECANCELED)
			break;
		print_message_of(o, repeats, e);
		break;
	case OVLCP_EVENT_WARNING:
		if (!is_quiet_loss(o, e) && !is_unasked(o, e))
			print_message_of(o, repeats, e);
		break;
	}
}
