/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A file that waits is a copy of its own: its source and its target are open, its strings are its
 * own, and nothing is left to be decided. The lists of the session get it when it ends.
 *
 * Which files are worth it was measured, see docs/decisions/0018-named-sources.md.
 */
#include "file/deferred.h"

#include "base/fd.h"
#include "pool/pool.h"
#include "session/emit.h"
#include "session/event_queue.h"
#include "sys/descriptor.h"
#include "sys/process.h"
#include "sys/share.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Smaller sources are not worth a thread. */
#define BIG ((uint64_t)1 << 20)

/* Most files that wait, and the descriptors that they and the rest may take. */
#define TASKS ((size_t)8)
#define FDS   ((size_t)128)

struct rest {
	struct pool_task task;
	struct ovlcp *o; /* of the call */
	struct copy copy;
	struct copy_request q;
	/* without OVLCP_SAME_CALL: the lists of the call are not for this thread */
	struct ovlcp_options opt;
	struct source src;
	struct target target;
	/* what is left of the target when it is complete */
	struct target made;
	struct event_queue told;
	int failed;
};

struct deferred deferred_init(struct ovlcp *o, const struct ovlcp_options *opt)
{
	const uint64_t alone = OVLCP_DRY_RUN | OVLCP_ATTRIBUTES_ONLY | OVLCP_PARENTS;

	return (struct deferred){ .o = o,
				  .jobs = opt->jobs,
				  .alone = opt->jobs == 1 || (opt->flags & alone) ||
					   opt->make != OVLCP_MAKE_COPIES ||
					   opt->existing == OVLCP_EXISTING_ASK };
}

bool deferred_is_busy(const struct deferred *l)
{
	return l->pool;
}

bool deferred_contains(const struct deferred *l, const struct stat *st)
{
	return inodeset_has(&l->busy, st, "");
}

void deferred_set_error(struct deferred *l, int r)
{
	if (l->pool) {
		pool_set_error(l->pool, r);
		pool_flush_ready(l->pool);
	} else {
		l->failed = l->failed ? l->failed : r;
	}
}

void deferred_wait(struct deferred *l)
{
	int r = l->pool ? pool_free(l->pool) : 0;

	l->pool = NULL;
	inodeset_done(&l->busy);
	l->failed = l->failed ? l->failed : r;
}

static void rest_free(struct rest *x)
{
	source_close(&x->src);
	target_done(&x->target);
	fd_drop(&x->made.dir_fd);
	target_done(&x->made);
	pathbuf_done(&x->copy.path);
	free(x);
}

static void work(struct pool_task *t, struct ovlcp *o)
{
	struct rest *x = (struct rest *)t;

	x->copy.o = o;
	o->told = &x->told;
	if (is_cancelled(o)) {
		x->failed = -ECANCELED;
		target_undo(o, &x->target, x->src.path);
	} else {
		x->failed = file_finish(&x->copy, &x->src, &x->target);
	}
	o->told = NULL;
}

static int end(struct pool_task *t)
{
	struct rest *x = (struct rest *)t;
	int failed = x->failed;
	int listed;

	event_queue_flush(&x->told, x->o->on_event, x->o->event_payload);
	x->copy.o = x->o;
	x->copy.opt = x->q.opt;
	listed = copy_record_created(&x->copy, &x->made, x->made.path, true);
	rest_free(x);
	return failed ? failed : listed;
}

/* Whether bytes will have to be moved: what is cloned is done sooner than handed over. */
static bool takes_time(const struct copy *c, const struct source *src, const struct target *t)
{
	return src->size >= BIG &&
	       (c->opt->reflink == OVLCP_REFLINK_NEVER || c->opt->sparse == OVLCP_SPARSE_ALWAYS ||
		sys_clone_range_probe(t->fd, src->fd) != -EINVAL);
}

/* Whether nothing but this source and this new file has to do with what is left. */
static bool may_wait(const struct copy *c, const struct source *src, const struct target *t)
{
	return src->from_caller && src->regular && src->st.st_nlink == 1 &&
	       !may_have_link_peer(c, src) && t->kind == KIND_DATA && t->created && !t->replaced &&
	       !t->backup;
}

/* Fill @x but for its source and target, which stay where they are. 0, or -errno. */
static int prepare(struct rest *x, const struct copy *c, const struct source *src,
		   const struct target *t)
{
	x->task = (struct pool_task){ .work = work, .end = end };
	x->o = c->o;
	x->q = *c->q;
	x->opt = *c->opt;
	x->opt.flags &= ~(uint64_t)OVLCP_SAME_CALL;
	x->copy = (struct copy){ .q = &x->q, .opt = &x->opt };
	x->src.fd = x->target.fd = x->made.fd = -EBADF;
	x->src.layer_fd = -ENOENT;
	x->made.kind = t->kind;
	x->made.st = t->st;
	x->made.name = strdup(t->name);
	x->made.path = strdup(t->path);
	x->made.dir_fd = sys_dup(t->dir_fd);
	if (!x->made.name || !x->made.path || pathbuf_set(&x->copy.path, src->path) < 0)
		return -ENOMEM;
	return x->made.dir_fd < 0 ? x->made.dir_fd : 0;
}

/* The pool, if there is more than one thread, and what every thread of it would ask. */
static int get_crew(struct deferred *l)
{
	unsigned int jobs = l->pool ? 0 : pool_jobs(l->jobs);

	if (l->pool)
		return 0;
	l->alone = jobs < 2 || sys_fd_limit() < FDS;
	if (l->alone)
		return -EAGAIN;
	(void)session_has_contexts(l->o);
	(void)session_umask(l->o);
	return pool_new(l->o, jobs, TASKS, &l->pool);
}

bool deferred_try_submit(struct copy *c, struct source *src, struct target *t)
{
	struct deferred *l = c->q->later;
	struct rest *x;

	if (!l || l->alone || !may_wait(c, src, t) || !takes_time(c, src, t) || get_crew(l) < 0)
		return false;
	x = calloc(1, sizeof(*x));
	if (!x)
		return false;
	if (prepare(x, c, src, t) < 0 || inodeset_add(&l->busy, &src->st, "") < 0 ||
	    inodeset_add(&l->busy, &t->st, "") < 0) {
		rest_free(x);
		return false;
	}
	x->src = *src;
	x->src.path = x->src.name = c->q->src;
	x->target = *t;
	x->target.dir_fd = x->made.dir_fd;
	src->fd = -EBADF;
	src->layer_fd = -ENOENT;
	*t = (struct target){ .fd = -EBADF };
	pool_submit(l->pool, &x->task);
	return true;
}
