/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The text for each type of event. Plans of a dry run are left to explain.c.
 */
#include "report_text.h"

#include "diag.h"
#include "messages.h"
#include "quote.h"
#include "report_file.h"
#include "terminal.h"
#include "wrap.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Columns before a line of --debug, and before what follows of it on a terminal. */
#define DEBUG_COLUMN  2
#define FOLDED_COLUMN 4

/* Print a line of -v, which is not folded: names are copied from there. */
static void put_line(const char *format, ...) __attribute__((format(printf, 1, 2)));

static void put_line(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	putchar('\n');
	diag_note_stdout();
}

/* Print a line of --debug: @label, such as "to share it: " or "", and @text. */
static void put_debug(const char *label, const char *text)
{
	printf("%*s%s", DEBUG_COLUMN, "", label);
	diag_note_stdout();
	wrap_from(stdout, text ? text : QUOTE_NO_MEMORY, DEBUG_COLUMN + strlen(label),
		  FOLDED_COLUMN, terminal_fold_width(STDOUT_FILENO));
	diag_note_stdout();
}

/* Print "'a' -> 'b'", and for a third file "(role: 'c')". @other: "" for none. */
static void print_pair(const char *from, const char *to, const char *role, const char *other)
{
	char *src = diag_quote(from);
	char *dst = diag_quote(to);
	char *third = *other ? diag_quote(other) : NULL;

	if (third)
		put_line("%s -> %s (%s: %s)", src ? src : QUOTE_NO_MEMORY,
			 dst ? dst : QUOTE_NO_MEMORY, role, third);
	else
		put_line("%s -> %s", src ? src : QUOTE_NO_MEMORY, dst ? dst : QUOTE_NO_MEMORY);
	free(src);
	free(dst);
	free(third);
}

/* @name without quotes if it is printable, else quoted. To be freed; NULL if memory is short. */
static char *plain_name(const char *name)
{
	diag_use_locale();
	return quote_is_printable(name) ? strdup(name) : quote(name);
}

/* Print a directory that --parents has made. Its names are not quoted, as in cp. */
static void print_parent(const struct ovlcp_event *e)
{
	char *src = plain_name(ovlcp_event_source(e));
	char *dst = plain_name(ovlcp_event_destination(e));

	put_line("%s -> %s", src ? src : QUOTE_NO_MEMORY, dst ? dst : QUOTE_NO_MEMORY);
	free(src);
	free(dst);
}

static void print_restored(const struct ovlcp_event *e)
{
	char *backup = diag_quote(ovlcp_event_other(e));
	char *dst = diag_quote(ovlcp_event_destination(e));

	put_line("%s -> %s (unbackup)", backup ? backup : QUOTE_NO_MEMORY,
		 dst ? dst : QUOTE_NO_MEMORY);
	free(backup);
	free(dst);
}

/* Print what became of a source that has no destination (--copy-up-only). */
static void print_source_only(const struct ovlcp_event *e)
{
	char *src = diag_quote(ovlcp_event_source(e));
	char *reason = message_of_reason(e);

	if (ovlcp_event_type(e) == OVLCP_EVENT_COPIED_UP)
		put_line("copied up %s: %" PRIu64 " bytes", src ? src : QUOTE_NO_MEMORY,
			 ovlcp_event_bytes_copied_up(e));
	else
		put_line("left alone %s: %s", src ? src : QUOTE_NO_MEMORY, reason ? reason : "");
	free(src);
	free(reason);
}

static void print_left_alone(const struct ovlcp_event *e)
{
	print_pair(ovlcp_event_source(e), ovlcp_event_destination(e), "", "");
	put_line("  method:      nothing: the destination exists and is left alone");
}

static void print_removed(const struct options *o, const struct ovlcp_event *e)
{
	char *dst = diag_quote(ovlcp_event_destination(e));

	put_line("%s %s", o->explain ? "would remove" : "removed", dst ? dst : QUOTE_NO_MEMORY);
	free(dst);
}

/* "cloned: 0 bytes written, 4096 shared (rule: clone)". To be freed; NULL if memory is short. */
static char *data_text(const struct ovlcp_event *e)
{
	char copied_up[64] = "";
	char *text;

	if (ovlcp_event_bytes_copied_up(e))
		(void)snprintf(copied_up, sizeof(copied_up), ", %" PRIu64 " copied up",
			       ovlcp_event_bytes_copied_up(e));
	if (asprintf(&text, "%s: %" PRIu64 " bytes written, %" PRIu64 " shared%s (rule: %s)",
		     ovlcp_method_text(ovlcp_event_method(e)), ovlcp_event_bytes_written(e),
		     ovlcp_event_bytes_shared(e), copied_up, ovlcp_event_rule(e)) < 0)
		return NULL;
	return text;
}

static char *quoted_destination(const struct ovlcp_event *e)
{
	return diag_quote(ovlcp_event_destination(e));
}

/* Print why data is not shared; after the first file of a kind, that it is the same reason. */
static void print_unshared(struct repeats *reasons, const struct ovlcp_event *e)
{
	static const char label[] = "not shared with the source: ";
	const enum ovlcp_reason reason = ovlcp_event_reason(e);
	const char *first = NULL;
	char *text = message_of_reason(e);

	if (!text)
		return;
	/* the errno that this one ends with may be another */
	if (reason == OVLCP_REASON_LOWER_FAILED ||
	    repeats_add(reasons, e, quoted_destination, &first) || !first) {
		put_debug(label, text);
	} else {
		free(text);
		if (asprintf(&text, "for the same reason as %s (%s)", first,
			     ovlcp_reason_name(reason)) < 0)
			text = NULL;
		put_debug(label, text);
	}
	free(text);
}

static void print_debug(struct repeats *reasons, const struct ovlcp_event *e)
{
	char *text;

	if (!*ovlcp_event_rule(e)) {
		/* a directory, a link and the like: no data */
		put_debug("", ovlcp_method_text(ovlcp_event_method(e)));
		return;
	}
	text = data_text(e);
	put_debug("", text);
	free(text);
	print_unshared(reasons, e);
}

void report_text_hint(const char *text)
{
	put_debug("to share it: ", text);
}

/* What shared all of its data before has no line of -v: nothing was done. */
static void print_deduped(const struct options *o, struct repeats *reasons,
			  const struct ovlcp_event *e)
{
	if (o->debug || (o->verbose && ovlcp_event_bytes_shared(e)))
		print_pair(ovlcp_event_source(e), ovlcp_event_destination(e), "", "");
	if (o->debug)
		print_debug(reasons, e);
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
	if (!o->summary || repeats_add(repeats, e, message_of_event, NULL))
		diag_event(e);
}

void report_text(const struct options *o, struct repeats *repeats, struct repeats *reasons,
		 const struct ovlcp_event *e)
{
	switch (ovlcp_event_type(e)) {
	case OVLCP_EVENT_BEGIN:
		if (o->verbose)
			print_pair(ovlcp_event_source(e), ovlcp_event_destination(e), "backup",
				   ovlcp_event_other(e));
		break;
	case OVLCP_EVENT_PARENT_CREATED:
		if (o->verbose)
			print_parent(e);
		break;
	case OVLCP_EVENT_RESTORED:
		if (o->verbose)
			print_restored(e);
		break;
	case OVLCP_EVENT_COPIED:
		if (o->debug)
			print_debug(reasons, e);
		break;
	case OVLCP_EVENT_COPIED_UP:
		if (o->verbose)
			print_source_only(e);
		break;
	case OVLCP_EVENT_DEDUPED:
		print_deduped(o, reasons, e);
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
		else if (o->explain && !o->summary && !o->copy_up_only && !report_is_on_stdout(o))
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
