/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One event, several readers: text, the explanation of a dry run, the watch for fallbacks,
 * and the report. One on standard output takes the place of the explanation.
 */
#include "hear.h"

#include "advice.h"
#include "diag.h"
#include "report_text.h"

#include <assert.h>
#include <stdlib.h>

static_assert(OVLCP_REASON_COUNT <= 64, "a bit for each");

/* What can be done, after who was told why nothing is shared; once for each reason. */
static void advise(struct hearers *h, const struct ovlcp_event *e, bool on_stdout)
{
	const enum ovlcp_reason why = ovlcp_event_reason(e);
	const uint64_t bit = UINT64_C(1) << why;
	char *text;

	if (h->o->explain || (h->advised & bit) || fallback_is_wanted(why))
		return;
	text = advice_on(e, h->o->fan_out);
	if (text)
		diag_advice(text, on_stdout);
	free(text);
	h->advised |= bit;
}

void hear_event(const struct ovlcp_event *e, void *payload)
{
	struct hearers *h = payload;
	const enum ovlcp_event_type type = ovlcp_event_type(e);
	const bool refused = type == OVLCP_EVENT_FAILED && ovlcp_event_op(e) == OVLCP_OP_CLONE;
	bool told = refused;

	report_text(h->o, e);
	report_event(h->report, e);
	if (h->o->explain && (type == OVLCP_EVENT_PLANNED || refused) && !report_is_on_stdout(h->o))
		explain_event(&h->explain, e);
	if (type == OVLCP_EVENT_COPIED && h->o->debug)
		advise(h, e, true);
	if (type == OVLCP_EVENT_PLANNED || type == OVLCP_EVENT_COPIED)
		told = fallback_event(&h->fallback, e);
	if (told)
		advise(h, e, false);
}

int hear_end(struct hearers *h, int status, int number)
{
	if (h->o->explain && !report_is_on_stdout(h->o))
		explain_totals(&h->explain);
	if (h->fallback.failed)
		status = status ? status : DIAG_FAILURE;
	fallback_done(&h->fallback);
	explain_done(&h->explain);
	return report_close(h->report, status, number);
}
