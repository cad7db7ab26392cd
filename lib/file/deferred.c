/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A deferred file is a task with its own open source, open target and strings; no decision is left.
 * It is recorded in the session when it is complete.
 *
 * Which files are worth deferring was measured, see docs/decisions/0018-named-sources.md.
 */
#include "file/deferred.h"

#include "base/fd.h"
#include "base/inodeset.h"
#include "file/delivery.h"
#include "session/event_queue.h"
#include "sys/descriptor.h"
#include "sys/process.h"
#include "sys/share.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Minimum size in bytes of a source that is deferred; smaller ones are not worth a thread. */
#define DEFER_MIN ((uint64_t)1 << 20)

/* Maximum number of deferred files at a time. */
#define DEFERRED_MAX ((size_t)8)

/* Minimum limit of descriptors that suffices for these and for the rest of the process. */
#define FDS_MIN ((size_t)128)

/* A deferred file. */
struct deferred_file {
	struct pool_task task;
	/* session of the call; used by the caller's thread only */
	struct ovlcp *o;
	struct copy_request q;
	/* without OVLCP_SAME_CALL: a thread of the pool must not use the records of the call */
	struct ovlcp_options opt;
	struct source src;
	struct target target;
	/* name, path, directory and stat of target, which outlive it; owned */
	struct target created;
	struct event_queue events;
	/* result of run_deferred: 0 or -errno */
	int result;
};

void deferred_init(struct deferred *d, struct ovlcp *o, struct event_sink *events,
		   const struct ovlcp_options *opt)
{
	const uint64_t off = OVLCP_DRY_RUN | OVLCP_ATTRIBUTES_ONLY | OVLCP_PARENTS | OVLCP_ATOMIC;

	*d = (struct deferred){
		.jobs = opt->jobs,
		.is_off = opt->jobs == 1 || (opt->flags & off) || opt->make != OVLCP_MAKE_COPIES ||
			  opt->existing == OVLCP_EXISTING_ASK || opt->fsync != OVLCP_FSYNC_NONE,
	};
	pool_init(&d->pool, o, events);
}

bool deferred_is_busy(const struct deferred *d)
{
	return !pool_is_empty(&d->pool);
}

bool deferred_contains(const struct deferred *d, const struct stat *st)
{
	return inodeset_has(&d->busy, st, "");
}

void deferred_set_error(struct deferred *d, int r)
{
	pool_set_error(&d->pool, r);
	pool_flush_ready(&d->pool);
}

void deferred_wait(struct deferred *d)
{
	pool_wait(&d->pool);
	inodeset_done(&d->busy);
}

int deferred_done(struct deferred *d)
{
	deferred_wait(d);
	return pool_done(&d->pool);
}

static void deferred_file_free(struct deferred_file *x)
{
	source_close(&x->src);
	target_done(&x->target);
	fd_drop(&x->created.dir_fd);
	target_done(&x->created);
	free(x);
}

/* Deliver the data and the attributes; called by any thread. */
static void run_deferred(struct pool_task *t, struct ovlcp *o)
{
	struct deferred_file *x = (struct deferred_file *)t;
	struct copy c;

	x->result = copy_init(
		&c, &(struct copy_args){
			    .o = o, .events = &x->events.sink, .q = &x->q, .path = x->q.src });
	if (x->result == 0 && session_is_cancelled(o))
		x->result = -ECANCELED;
	if (x->result < 0)
		target_undo(&x->target, x->q.src);
	else
		x->result = delivery_of_one(&c, &x->src, &x->target);
	copy_done(&c);
}

/* Emit the events and record the file in the session; called by the caller's thread. */
static int complete_deferred(struct pool_task *t, struct event_sink *events)
{
	struct deferred_file *x = (struct deferred_file *)t;
	int lost = event_queue_release(&x->events, events);
	int result = x->result ? x->result : lost;
	int r;

	r = copy_record_for_call(x->o, &x->created, x->created.path);
	if (r < 0)
		r = event_emit_error(&x->events.sink, OVLCP_EVENT_FAILED, x->q.src, x->created.path,
				     &(struct err){ -r, OVLCP_OP_NONE });
	deferred_file_free(x);
	return result ? result : r;
}

/* Return whether bytes must be copied: a clone takes less time than handing the file over. */
static bool needs_byte_copy(const struct copy *c, const struct source *src, const struct target *t)
{
	return src->size >= DEFER_MIN &&
	       (c->opt->reflink == OVLCP_REFLINK_NEVER || c->opt->sparse != OVLCP_SPARSE_AUTO ||
		sys_clone_range_probe(t->fd, src->fd) != -EINVAL);
}

/* Return whether the rest of the copy affects no other file than this source and this new file. */
static bool is_independent(const struct copy *c, const struct source *src, const struct target *t)
{
	return src->from_caller && src->regular && src->st.st_nlink == 1 &&
	       !copy_may_have_link_peer(c, src) && t->kind == KIND_DATA && t->created &&
	       !t->replaced && !t->backup;
}

/* Fill @x, but not its source and its target. 0, or -errno. */
static int fill_task(struct deferred_file *x, const struct copy *c, const struct target *t)
{
	x->task = (struct pool_task){ .run = run_deferred, .complete = complete_deferred };
	x->o = c->o;
	x->opt = *c->opt;
	x->opt.flags &= ~(uint64_t)OVLCP_SAME_CALL;
	x->q = *c->q;
	x->q.opt = &x->opt;
	event_queue_init(&x->events, c->o->cancelled, t->id);
	x->src.fd = x->target.fd = x->created.fd = -EBADF;
	x->src.layer_fd = -ENOENT;
	x->created.kind = t->kind;
	x->created.st = t->st;
	x->created.name = strdup(t->name);
	x->created.path = strdup(t->path);
	x->created.dir_fd = sys_dup(t->dir_fd);
	if (!x->created.name || !x->created.path)
		return -ENOMEM;
	return x->created.dir_fd < 0 ? x->created.dir_fd : 0;
}

/* Start the pool unless it is started. 0; or -errno, -EAGAIN if no second thread is allowed. */
static int start_pool(struct deferred *d)
{
	unsigned int jobs = pool_is_started(&d->pool) ? 0 : pool_jobs(d->jobs);

	if (pool_is_started(&d->pool))
		return 0;
	d->is_off = jobs < 2 || sys_fd_limit() < FDS_MIN;
	return d->is_off ? -EAGAIN : pool_start(&d->pool, jobs, DEFERRED_MAX);
}

bool deferred_try_submit(struct copy *c, struct source *src, struct target *t)
{
	struct deferred *d = c->q->deferred;
	struct deferred_file *x;

	if (!d || d->is_off || !is_independent(c, src, t) || !needs_byte_copy(c, src, t) ||
	    start_pool(d) < 0)
		return false;
	x = calloc(1, sizeof(*x));
	if (!x)
		return false;
	if (fill_task(x, c, t) < 0 || inodeset_add(&d->busy, &src->st, "") < 0 ||
	    inodeset_add(&d->busy, &t->st, "") < 0) {
		deferred_file_free(x);
		return false;
	}
	x->src = *src;
	x->src.path = x->src.name = c->q->src;
	x->target = *t;
	x->target.dir_fd = x->created.dir_fd;
	x->target.events = &x->events.sink;
	src->fd = -EBADF;
	src->layer_fd = -ENOENT;
	*t = (struct target){ .fd = -EBADF };
	pool_submit(&d->pool, &x->task);
	return true;
}
