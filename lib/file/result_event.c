/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * From the outcome of a transfer to the event about it.
 */
#include "file/result_event.h"

#include "probe/layer.h"

/* A yes or no for callers, who do not know our enum. */
static int as_number(enum answer answer)
{
	return answer == ANSWER_YES ? 1 : answer == ANSWER_NO ? 0 : -1;
}

static enum ovlcp_event_type type_of(const struct copy *c, const struct transfer_result *res)
{
	if (res->err.code)
		return OVLCP_EVENT_FAILED;
	return copy_is_dry(c) ? OVLCP_EVENT_PLANNED : OVLCP_EVENT_COPIED;
}

static void explain(struct copy *c, struct source *src, const struct target *dst,
		    struct ovlcp_event *e)
{
	e->layer = src->layer;
	e->size = src->size;
	e->hole = src->size - source_data_bytes(src);
	e->src_on_overlay = src->on_overlay;
	e->dst_on_overlay = layer_is_overlay(dst->fd);
	e->src_fs = session_fs_name(c->o, src->fd, false);
	e->dst_fs = session_fs_name(c->o, dst->fd, true);
}

struct ovlcp_event make_result_event(struct copy *c, struct source *src, const struct target *dst,
				     const struct transfer_result *res)
{
	struct ovlcp_event e = {
		.type = type_of(c, res),
		.src = src->path,
		.dst = dst->path,
		.error = res->err.code,
		.op = res->err.op,
		.method = res->method,
		.refusal_op = res->refusal.op,
		.refusal_error = res->refusal.code,
		.row = res->row,
		.row_text = res->row_text,
		.reason = res->reason,
		.written = res->written,
		.shared = res->shared,
		.copied_up = src->copied_up_unreported,
		.can_clone = as_number(res->can_clone),
	};
	bool is_asked = (c->opt->flags & OVLCP_EXPLAIN) || res->err.op == OVLCP_OP_CLONE;

	src->copied_up_unreported = 0;
	if (dst->kind != KIND_DATA)
		return e;
	e.src_dev = src->st.st_dev;
	e.dst_dev = dst->st.st_dev;
	if (is_asked && src->fd >= 0 && dst->fd >= 0)
		explain(c, src, dst, &e);
	return e;
}
