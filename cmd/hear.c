/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One event, several readers: text, the explanation of a dry run, the watch for fallbacks.
 */
#include "hear.h"

#include "diag.h"
#include "report_text.h"

void hear_event(const struct ovlcp_event *e, void *payload)
{
	struct hearers *h = payload;
	enum ovlcp_event_type type = ovlcp_event_type(e);

	report_text(h->o, e);
	if (type == OVLCP_EVENT_PLANNED)
		explain_event(&h->explain, e);
	if (type == OVLCP_EVENT_PLANNED || type == OVLCP_EVENT_COPIED)
		fallback_event(&h->fallback, e);
}

int hear_end(struct hearers *h, int status)
{
	if (h->o->explain)
		explain_totals(&h->explain);
	if (h->fallback.failed)
		status = status ? status : DIAG_FAILURE;
	fallback_done(&h->fallback);
	return status;
}
