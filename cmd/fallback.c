/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Decides which written files are fallbacks, and which of them need a message.
 */
#include "fallback.h"

#include "diag.h"
#include "messages.h"

bool fallback_is_wanted(enum ovlcp_reason reason)
{
	return reason == OVLCP_REASON_NONE || reason == OVLCP_REASON_REFLINK_NEVER ||
	       reason == OVLCP_REASON_SPARSE || reason == OVLCP_REASON_EMPTY ||
	       reason == OVLCP_REASON_NOT_REGULAR || reason == OVLCP_REASON_LOWER_DONOR;
}

bool fallback_event(struct fallback *f, struct repeats *repeats, const struct ovlcp_event *e)
{
	const bool is_error = f->mode == FALLBACK_ERROR;
	bool is_reported;

	if (f->mode == FALLBACK_SILENT || ovlcp_event_bytes_written(e) == 0 ||
	    fallback_is_wanted(ovlcp_event_reason(e)))
		return false;
	f->failed = f->failed || is_error;
	is_reported = is_error || repeats_add(repeats, e, message_of_fallback);
	if (is_reported)
		diag_fallback(e, is_error);
	return is_reported;
}
