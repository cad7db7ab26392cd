/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Turns the outcome of a transfer into an event.
 */
#include "file/result_event.h"

#include "copy/durable.h"
#include "probe/layer.h"

static enum ovlcp_event_type result_type(const struct target *dst, const struct transfer *t)
{
	if (t->err.code)
		return OVLCP_EVENT_FAILED;
	return dst->is_dry ? OVLCP_EVENT_PLANNED : OVLCP_EVENT_COPIED;
}

/* Fill what only explanations need. */
static void fill_explanation(struct copy *c, struct source *src, const struct target *dst,
			     struct ovlcp_event *e)
{
	e->layer = src->layer;
	e->size = src->size;
	e->hole = src->size - source_data_bytes(src);
	e->src_on_overlay = src->on_overlay;
	e->dst_on_overlay = layer_on_overlay(dst->fd, session_mount_table, c->o) == ANSWER_YES;
	e->src_fs = session_fs_name(c->o, src->fd, false);
	e->dst_fs = session_fs_name(c->o, dst->fd, true);
}

struct ovlcp_event result_event_make(struct copy *c, struct source *src, const struct target *dst,
				     const struct transfer *t)
{
	struct ovlcp_event e = {
		.type = result_type(dst, t),
		.src = src->path,
		.dst = dst->path,
		.err = t->err,
		.outcome = t->outcome,
		.copied_up = src->copied_up_unreported + dst->link_copied_up + dst->old_copied_up,
	};
	bool is_explained = (c->opt->flags & OVLCP_EXPLAIN) || t->err.op == OVLCP_OP_CLONE;

	if (t->outcome.method == OVLCP_METHOD_CLONE_REMEMBERED)
		e.other = recall_path(&t->recalled);
	src->copied_up_unreported = 0;
	e.fsync = durable_promise(c, dst);
	e.atomic = dst->staged.is_active || (dst->would_exist && (c->opt->flags & OVLCP_ATOMIC));
	if (dst->kind != KIND_DATA)
		return e;
	e.src_dev = src->st.st_dev;
	e.dst_dev = dst->st.st_dev;
	if (is_explained && src->fd >= 0 && dst->fd >= 0)
		fill_explanation(c, src, dst, &e);
	return e;
}
