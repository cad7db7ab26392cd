/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Decides which written files are fallbacks, and which of them need a message.
 */
#include "fallback.h"

#include "base/array.h"
#include "diag.h"

#include <stdlib.h>
#include <sys/types.h>

/* A new combination of these three is worth a new warning. */
struct fallback_seen {
	dev_t src;
	dev_t dst;
	enum ovlcp_reason reason;
};

bool fallback_is_wanted(enum ovlcp_reason reason)
{
	return reason == OVLCP_REASON_NONE || reason == OVLCP_REASON_REFLINK_NEVER ||
	       reason == OVLCP_REASON_SPARSE || reason == OVLCP_REASON_EMPTY ||
	       reason == OVLCP_REASON_NOT_REGULAR || reason == OVLCP_REASON_LOWER_DONOR;
}

/* Whether @now was warned about before; remembers it. If memory is short, a warning is repeated. */
static bool was_warned_about(struct fallback *f, const struct fallback_seen *now)
{
	for (size_t i = 0; i < f->count; i++)
		if (f->seen[i].src == now->src && f->seen[i].dst == now->dst &&
		    f->seen[i].reason == now->reason)
			return true;
	if (array_grow(&f->seen, &f->room, f->count, sizeof(*f->seen)) == 0)
		f->seen[f->count++] = *now;
	return false;
}

bool fallback_event(struct fallback *f, const struct ovlcp_event *e)
{
	const struct fallback_seen now = {
		ovlcp_event_device(e, OVLCP_SIDE_SOURCE),
		ovlcp_event_device(e, OVLCP_SIDE_DESTINATION),
		ovlcp_event_reason(e),
	};
	const bool is_error = f->mode == FALLBACK_ERROR;
	bool is_reported;

	if (f->mode == FALLBACK_SILENT || ovlcp_event_bytes_written(e) == 0 ||
	    fallback_is_wanted(now.reason))
		return false;
	f->failed = f->failed || is_error;
	is_reported = is_error || !was_warned_about(f, &now);
	if (is_reported)
		diag_fallback(e, is_error);
	return is_reported;
}

void fallback_done(struct fallback *f)
{
	free(f->seen);
	*f = (struct fallback){ 0 };
}
