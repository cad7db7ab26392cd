/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What becomes of each kind of event on the terminal.
 */
#include "report_text.h"

#include "diag.h"
#include "sentence.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* What happened to the data, for --debug. */
static const char *const methods[OVLCP_METHOD_COUNT] = {
	[OVLCP_METHOD_NONE] = "nothing",
	[OVLCP_METHOD_CLONE] = "cloned",
	[OVLCP_METHOD_CLONE_UPPER] = "cloned after a copy-up of the source",
	[OVLCP_METHOD_CLONE_DONOR] = "cloned from an earlier destination",
	[OVLCP_METHOD_COPY_RANGE] = "copied by copy_file_range",
	[OVLCP_METHOD_READ_WRITE] = "copied by read and write",
};

static void print_pair(const struct ovlcp_event *e)
{
	char *src = diag_quote(ovlcp_event_source(e));
	char *dst = diag_quote(ovlcp_event_destination(e));

	printf("%s -> %s\n", src ? src : "''", dst ? dst : "''");
	free(src);
	free(dst);
}

static void print_removed(const struct ovlcp_event *e)
{
	char *dst = diag_quote(ovlcp_event_destination(e));

	printf("removed %s\n", dst ? dst : "''");
	free(dst);
}

static void print_debug(const struct ovlcp_event *e)
{
	char *why = sentence_why(e);

	printf("  %s: %" PRIu64 " bytes written, %" PRIu64 " shared",
	       methods[ovlcp_event_method(e)], ovlcp_event_bytes_written(e),
	       ovlcp_event_bytes_shared(e));
	if (ovlcp_event_bytes_copied_up(e))
		printf(", %" PRIu64 " copied up", ovlcp_event_bytes_copied_up(e));
	printf(" (row: %s)\n", ovlcp_event_row(e));
	if (why)
		printf("  not shared with the source: %s\n", why);
	free(why);
}

void report_text(const struct ovlcp_event *e, void *payload)
{
	const struct options *o = payload;

	switch (ovlcp_event_type(e)) {
	case OVLCP_EVENT_BEGIN:
		if (o->verbose)
			print_pair(e);
		break;
	case OVLCP_EVENT_COPIED:
		if (o->debug)
			print_debug(e);
		break;
	case OVLCP_EVENT_REMOVED:
		if (o->verbose)
			print_removed(e);
		break;
	case OVLCP_EVENT_SKIPPED:
		/* with a check that skipped it; without one it is what -n or the user wanted */
		if (ovlcp_event_op(e) != OVLCP_OP_NONE)
			diag_event(e);
		break;
	case OVLCP_EVENT_FAILED:
		/* who was stopped by a signal needs no telling */
		if (ovlcp_event_errno(e) == ECANCELED)
			break;
		diag_event(e);
		break;
	case OVLCP_EVENT_WARNING:
		diag_event(e);
		break;
	}
}
