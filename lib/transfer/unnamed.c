/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A destination can be trusted until the last clone is made if no other user may write to it at any
 * time (transfer/exclusive.h).
 */
#include "transfer/unnamed.h"

#include "exec/data.h"
#include "exec/unnamed.h"
#include "plan/copyup.h"
#include "plan/method.h"
#include "sys/share.h"
#include "transfer/exclusive.h"
#include "transfer/remembered.h"

#include <errno.h>

/* Whether later destinations get their data by way of this one. */
static bool gives_data(const struct transfer *t)
{
	if (!t->q->more_follow || !S_ISREG(t->q->dst->st.st_mode))
		return false;
	return !t->q->src->regular || plan_is_donor(&t->facts, t->q->opt);
}

/* Whether the bytes have to go to an unnamed file, or this destination gives none: a small file is
   as quickly copied once more. */
static bool is_unsafe(const struct transfer *t)
{
	return gives_data(t) && !exclusive_to_caller(t);
}

static bool is_small(const struct transfer *t)
{
	return t->q->src->regular && t->q->src->size <= PLAN_SMALL;
}

/* Open the unnamed file if the bytes have to go there. Whether they have. */
static bool is_needed(struct transfer *t)
{
	if (t->unnamed_fd >= 0)
		return true;
	if (t->cannot_give || !is_unsafe(t))
		return false;
	if (!is_small(t))
		t->unnamed_fd = exec_open_unnamed(t->q->dst->dir_fd);
	t->cannot_give = t->unnamed_fd < 0;
	return !t->cannot_give;
}

void unnamed_predict(struct transfer *t)
{
	t->cannot_give = t->cannot_give || (is_unsafe(t) && is_small(t));
}

/* Give the destination the data of the unnamed file: by a clone, else by bytes. 0, or -errno. */
static int give_data(struct transfer *t)
{
	struct exec_copy bytes = t->copy;
	int r;

	if (sys_clone(t->q->dst->fd, t->unnamed_fd) == 0)
		return 0;
	bytes.src_fd = t->unnamed_fd;
	bytes.dst_fd = t->q->dst->fd;
	bytes.src_seekable = true;
	bytes.size = bytes.done;
	bytes.done = bytes.written = 0;
	bytes.sparse = t->copy.sparse || t->copy.punch;
	bytes.progress = NULL; /* these bytes were counted */
	if ((t->facts.dst_on_fuse_overlay || t->facts.clone_filtered) && exec_range(&bytes) == 0)
		return 0;
	bytes.buffer = session_buffer(t->o);
	r = bytes.buffer ? exec_read_write(&bytes) : -ENOMEM;
	t->copy.failed_op = bytes.failed_op;
	return r;
}

int unnamed_carry_out(struct transfer *t, int (*step)(struct transfer *t))
{
	int r;

	if (!is_needed(t)) {
		remembered_begin(t);
		return step(t);
	}
	t->copy.dst_fd = t->unnamed_fd;
	r = step(t);
	t->copy.dst_fd = t->q->dst->fd;
	return r == 0 ? give_data(t) : r;
}
