/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The lifetime of a session, its callbacks and its cancellation.
 */
#include "session/session.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

int ovlcp_new(struct ovlcp **ret_o)
{
	struct ovlcp *o = malloc(sizeof(*o));

	if (!o)
		return -ENOMEM;
	session_init(o);
	*ret_o = o;
	return 0;
}

struct ovlcp *ovlcp_free(struct ovlcp *o)
{
	if (o)
		session_done(o);
	free(o);
	return NULL;
}

bool ovlcp_has_contexts(void)
{
	struct ovlcp o = { .contexts = ANSWER_NOT_ASKED };

	return session_has_contexts(&o);
}

void ovlcp_on_event(struct ovlcp *o, ovlcp_event_fn *fn, void *payload)
{
	o->caller.fn = fn;
	o->caller.payload = payload;
}

void ovlcp_on_question(struct ovlcp *o, ovlcp_question_fn *fn, void *payload)
{
	o->on_question = fn;
	o->question_payload = payload;
}

void ovlcp_cancel(struct ovlcp *o)
{
	atomic_store(o->cancelled, true);
}

void ovlcp_progress(const struct ovlcp *o, struct ovlcp_progress *ret_p)
{
	struct ovlcp_progress p = { .size = ret_p->size };
	const size_t known = p.size < sizeof(p) ? p.size : sizeof(p);

	exec_progress_read(o->progress, &p);
	memset(ret_p, 0, p.size);
	memcpy(ret_p, &p, known);
}

void ovlcp_reset(struct ovlcp *o)
{
	session_forget_call(o);
	atomic_store(o->cancelled, false);
}
