/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The texts about an event; lib/text/ has the words.
 */
#include "text/advice.h"
#include "text/buffer.h"
#include "text/expand.h"
#include "text/failures.h"
#include "text/methods.h"
#include "text/reasons.h"

/* Whether the message of the failure ends with the reason. */
static bool has_reason(enum ovlcp_op op)
{
	return op == OVLCP_OP_CLONE || op == OVLCP_OP_COPY_UP_REFUSED || op == OVLCP_OP_DEDUPE;
}

void ovlcp_event_message(const struct ovlcp_event *e, ovlcp_text_fn *fn, void *payload)
{
	const struct text_receiver to = { fn, payload };
	const enum ovlcp_op op = ovlcp_event_op(e);
	const char *reason = has_reason(op) ? text_reason(ovlcp_event_reason(e)) : NULL;

	/* an event of a thread had no room: which file it was about is not known */
	if (op == OVLCP_OP_NONE && !*ovlcp_event_source(e))
		text_expand(&to, "messages were lost: %E", e);
	else
		text_expand(&to, text_failure(op), e);
	if (reason) {
		text_expand(&to, ": ", e);
		text_expand(&to, reason, e);
	}
}

bool ovlcp_event_reason_text(const struct ovlcp_event *e, ovlcp_text_fn *fn, void *payload)
{
	const struct text_receiver to = { fn, payload };
	const char *reason = text_reason(ovlcp_event_reason(e));

	if (reason)
		text_expand(&to, reason, e);
	return reason != NULL;
}

bool ovlcp_event_advice(const struct ovlcp_event *e, bool fan_out, ovlcp_text_fn *fn, void *payload)
{
	const struct text_receiver to = { fn, payload };
	const char *advice = text_advice(e, fan_out);

	if (!advice)
		return false;
	text_expand(&to, advice, e);
	text_expand(&to, text_more_advice(e, fan_out), e);
	return true;
}

const char *ovlcp_method_text(enum ovlcp_method method)
{
	return text_method(method);
}

void ovlcp_text_put(enum ovlcp_text_part part, const char *text, void *payload)
{
	text_put(payload, part, text);
}
