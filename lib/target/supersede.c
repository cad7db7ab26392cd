/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The new file is created beside the old one (target/staged.h), which stays open: its attributes
 * are read when the new one is complete.
 */
#include "target/supersede.h"

#include "base/fd.h"
#include "plan/file_kind.h"
#include "sys/status.h"
#include "target/create.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>

int supersede_create(struct existing *x)
{
	struct target *t = x->t;
	int r = target_create(x->o, x->q, t, t->name);

	if (r < 0 && t->precondition_err.code)
		return inspected_emit(x, OVLCP_EVENT_FAILED, t->precondition_err.op, -r);
	if (r < 0)
		return inspected_emit(x, OVLCP_EVENT_FAILED,
				      plan_create_op(x->q->kind, x->q->src->st.st_mode), -r);
	t->staged.replaces = true;
	t->replaced = true;
	return TARGET_OPEN;
}

/* Keep the destination open for its attributes, which the file that replaces it gets. 0, or -errno.
 */
static int keep_old(struct existing *x)
{
	CLEANUP_FD int held = inspected_hold(x);
	CLEANUP_FD int fd = held < 0 ? held : inspected_reopen(x, held, O_RDONLY | O_NONBLOCK);
	struct superseded *old;

	if (held < 0)
		return held;
	old = malloc(sizeof(*old));
	if (!old)
		return -ENOMEM;
	*old = (struct superseded){ fd < 0 ? TAKE_FD(held) : TAKE_FD(fd), x->state.st };
	x->t->superseded = old;
	return 0;
}

int supersede_prepare(struct existing *x)
{
	int r = sys_access_write(x->t->dir_fd, x->t->name);

	if (r == 0)
		r = keep_old(x);
	if (r == 0 && S_ISLNK(x->state.link.st_mode))
		r = inspected_follow(x);
	if (r < 0) {
		superseded_free(x->t->superseded);
		x->t->superseded = NULL;
	}
	return r;
}
