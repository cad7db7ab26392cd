/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Passes each event to its readers: messages and -v (report_text.c), --explain, --fallback,
 * --report, --progress and --stats. A report on standard output replaces the text of --explain.
 */
#include "events.h"

#include "diag.h"
#include "environment.h"
#include "messages.h"
#include "progress_thread.h"
#include "report_file.h"
#include "report_text.h"
#include "signals.h"

#include <assert.h>
#include <stdlib.h>

static_assert(OVLCP_REASON_COUNT <= 64, "hinted has a bit for each reason");

/* Print the hint after a message, or after a line of --debug, that data is not shared; once for
   each reason. */
static void give_hint(struct event_readers *h, const struct ovlcp_event *e, bool on_stdout)
{
	const enum ovlcp_reason reason = ovlcp_event_reason(e);
	const uint64_t bit = reason < OVLCP_REASON_COUNT ? UINT64_C(1) << reason : 0;
	char *text;

	if (!bit || h->o->explain || (h->hinted & bit) || fallback_is_wanted(reason))
		return;
	text = message_of_advice(e, h->o->fan_out);
	if (text && on_stdout)
		report_text_hint(text);
	else if (text)
		diag_message(ovlcp_event_op(e) == OVLCP_OP_COPY_UP_REFUSED ? "to allow it: "
									   : "to share it: ",
			     text);
	free(text);
	h->hinted |= bit;
}

void events_dispatch(const struct ovlcp_event *e, void *payload)
{
	struct event_readers *h = payload;
	const enum ovlcp_event_type type = ovlcp_event_type(e);
	const enum ovlcp_op op = ovlcp_event_op(e);
	const bool refused = type == OVLCP_EVENT_FAILED &&
			     (op == OVLCP_OP_CLONE || op == OVLCP_OP_COPY_UP_REFUSED);
	bool is_reported = refused;

	progress_pause();
	if (h->o->verbose)
		progress_erase();
	status_event(&h->status, e);
	stats_event(&h->stats, e);
	report_text(h->o, &h->repeats, &h->reasons, e);
	report_event(h->report, e);
	if (h->o->explain && (type == OVLCP_EVENT_PLANNED || refused) && !report_is_on_stdout(h->o))
		explain_event(&h->explain, e);
	if (type == OVLCP_EVENT_SKIPPED)
		h->explain.skipped++;
	if (type == OVLCP_EVENT_COPIED && h->o->debug)
		give_hint(h, e, true);
	if (type == OVLCP_EVENT_PLANNED || type == OVLCP_EVENT_COPIED)
		is_reported = fallback_event(&h->fallback, e);
	if (is_reported)
		give_hint(h, e, false);
	progress_event(e);
	progress_resume();
}

int events_finish(struct event_readers *h, int status)
{
	if (h->o->explain && !report_is_on_stdout(h->o)) {
		environment_print(h->o, "environment: ");
		explain_totals(&h->explain);
	}
	if (h->fallback.failed)
		status = status ? status : DIAG_FAILURE;
	repeats_finish(&h->repeats, repeats_print);
	repeats_finish(&h->reasons, NULL);
	fallback_finish(&h->fallback);
	if (h->o->stats && !h->o->explain)
		stats_print(&h->stats, status_time_ns(&h->status), signals_caught());
	explain_done(&h->explain);
	/* the report tells how the program ends, which all output above is part of: SIGPIPE */
	status = diag_output_status(status);
	return report_close(h->report, status, signals_caught());
}
