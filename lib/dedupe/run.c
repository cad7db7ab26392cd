/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Turns results into events.
 */
#include "dedupe/run.h"

#include "base/array.h"
#include "dedupe/refusal.h"
#include "probe/layer.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* Remember the first failure. */
static void note(struct dedupe_run *d, int r)
{
	if (d->first == 0)
		d->first = r;
}

void dedupe_run_fail(struct dedupe_run *d, const char *src, const char *dst, int r,
		     const struct err *err)
{
	(void)event_emit(d->events, &(struct ovlcp_event){
					    .type = OVLCP_EVENT_FAILED,
					    .id = *dst ? session_next_id(d->o) : 0,
					    .src = src,
					    .dst = dst,
					    .err = *err,
				    }); /* r is known */
	note(d, session_is_cancelled(d->o) ? -ECANCELED : r);
}

bool dedupe_run_is_unable(const struct dedupe_run *d, dev_t dev)
{
	for (size_t i = 0; i < d->unable_count; i++)
		if (d->unable[i] == dev)
			return true;
	return false;
}

void dedupe_run_add_unable(struct dedupe_run *d, dev_t dev)
{
	/* without memory it is told once more */
	if (array_grow(&d->unable, &d->unable_room, d->unable_count, sizeof(*d->unable)) == 0)
		d->unable[d->unable_count++] = dev;
}

/* The rule of a success. */
static void set_rule(struct outcome *out)
{
	out->method = OVLCP_METHOD_DEDUPE;
	out->rule = out->shared ? "dedupe" : "shared-before";
	out->rule_text = out->shared ? "the kernel found both files equal"
				     : "both files are equal, and share all of their data already";
}

/* Fill what explanations need, and messages that name the filesystem. */
static void explain(struct ovlcp_event *e, const struct pair *p)
{
	e->layer = refusal_layer(p->o, p->src);
	e->src_fs = session_fs_name(p->o, p->src->fd, false);
	e->dst_fs = session_fs_name(p->o, p->dst->fd, true);
	e->src_on_overlay = layer_on_overlay(p->src->fd, session_mount_table, p->o) == ANSWER_YES;
	e->dst_on_overlay = layer_on_overlay(p->dst->fd, session_mount_table, p->o) == ANSWER_YES;
}

void dedupe_run_result(struct dedupe_run *d, const struct pair *p, int r)
{
	struct ovlcp_event e = {
		.type = r < 0 ? OVLCP_EVENT_FAILED : OVLCP_EVENT_DEDUPED,
		.id = session_next_id(d->o),
		.src = p->src->path,
		.dst = p->dst->path,
		.err = p->err,
		.size = (uint64_t)p->src->st.st_size,
		.offset = p->offset,
		.src_dev = p->src->st.st_dev,
		.dst_dev = p->dst->st.st_dev,
		.outcome = { .shared = p->shared, .can_clone = p->shared ? 1 : -1 },
	};

	if (p->err.op == OVLCP_OP_DEDUPE && p->err.code != ECANCELED) {
		struct refusal why = refusal_explain(p);

		e.type = why.type;
		e.err.op = why.op;
		e.outcome.reason = why.reason;
	}
	if (e.err.op == OVLCP_OP_DEDUPE_FILESYSTEM)
		dedupe_run_add_unable(d, p->dst->st.st_dev);
	if (r == 0 || p->shared)
		set_rule(&e.outcome);
	if (r == 0 && p->is_dry)
		e.type = OVLCP_EVENT_PLANNED;
	if ((d->flags & OVLCP_EXPLAIN) || e.outcome.reason != OVLCP_REASON_NONE)
		explain(&e, p);
	(void)event_emit(d->events, &e); /* r is known */
	if (e.type == OVLCP_EVENT_FAILED)
		note(d, session_is_cancelled(d->o) ? -ECANCELED : r);
}

/* Dry run: whether another hard link of the destination would share the data of the source by now.
   Without memory it counts twice. */
static bool would_share_before(struct dedupe_run *d, const struct pair *p)
{
	const struct stat *src = &p->src->st;
	char name[64];
	bool known;

	if (!p->is_dry || p->dst->st.st_nlink < 2 || p->shared == 0)
		return false;
	(void)snprintf(name, sizeof(name), "%ju:%ju", (uintmax_t)src->st_dev,
		       (uintmax_t)src->st_ino);
	known = inodeset_has(&d->planned, &p->dst->st, name);
	if (!known)
		(void)inodeset_add(&d->planned, &p->dst->st, name);
	return known;
}

void dedupe_run_pair(struct dedupe_run *d, const struct opened *src, const struct opened *dst)
{
	struct pair p = {
		.o = d->o, .src = src, .dst = dst, .is_dry = (d->flags & OVLCP_DRY_RUN) != 0
	};
	int r = pair_share(&p);

	if (r == 0 && would_share_before(d, &p))
		p.shared = 0;
	dedupe_run_result(d, &p, r);
	pair_done(&p);
}

void dedupe_run_forget_unable(struct dedupe_run *d)
{
	free(d->unable);
	d->unable = NULL;
	d->unable_count = d->unable_room = 0;
}

void dedupe_run_done(struct dedupe_run *d)
{
	dedupe_run_forget_unable(d);
	inodeset_done(&d->planned);
}
