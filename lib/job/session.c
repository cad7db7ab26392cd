/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What a session holds, made when it is first needed and let go at the end.
 */
#include "job/session.h"

#include "base/fd.h"
#include "exec/exec.h"

const struct layout *session_layout(void *payload)
{
	struct ovlcp *o = payload;

	if (!o->layout)
		(void)layout_open(&o->layout); /* stays NULL: then there is none to look at */
	return o->layout;
}

void *session_buffer(struct ovlcp *o)
{
	if (!o->buffer && posix_memalign(&o->buffer, 4096, EXEC_BUFFER_SIZE) != 0)
		o->buffer = NULL;
	return o->buffer;
}

void session_done(struct ovlcp *o)
{
	caps_done(&o->caps);
	inodeset_done(&o->created);
	inodeset_done(&o->copied);
	free(o->parent.path);
	fd_drop(&o->parent.fd);
	free(o->buffer);
	layout_free(o->layout);
}
