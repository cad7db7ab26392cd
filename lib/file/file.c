/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Copies one non-directory to all of its destinations: opens them one after the other, completes
 * them in the same order (delivery.c), and reads the source once for all that are in the queue.
 *
 * Opening a destination must not depend on one that is still in the queue: see
 * target_request.waiting and docs/decisions/0016-one-pass.md.
 */
#include "file/file.h"

#include "base/inodeset.h"
#include "copy/dest.h"
#include "exec/tee.h"
#include "file/deferred.h"
#include "file/delivery.h"
#include "file/link_peer.h"
#include "plan/errclass.h"
#include "plan/file_kind.h"
#include "sys/process.h"
#include "target/open.h"

#include <errno.h>
#include <stdlib.h>

/* Maximum length of the queue. For a thousand destinations the source is read 16 times. */
#define QUEUE_MAX 64

/* The copy of one file. */
struct file {
	struct fan_out fan;
	/* name in the directory of the tree; NULL for the path that the caller gave */
	const char *name;
	/* destinations that are not complete, in order */
	struct delivery *queue;
	/* length of the queue */
	size_t count;
	/* maximum length of the queue */
	size_t room;
	/* those of them that are open */
	struct inodeset waiting;
	/* first error of the destinations that have left the queue: 0 or -errno */
	int error;
};

static void keep_first_error(struct file *f, int r)
{
	f->error = f->error ? f->error : r;
}

/* Open a source that is not opened for its data, if an attribute must be read by descriptor. 0, or
   -errno. */
static int open_for_attributes(struct file *f, enum file_kind make)
{
	const uint32_t wanted = OVLCP_PRESERVE_XATTR | OVLCP_PRESERVE_CONTEXT |
				(make == KIND_SPECIAL ? OVLCP_PRESERVE_MODE : 0);

	if ((make != KIND_SPECIAL && make != KIND_SYMLINK) || !(f->fan.c->opt->preserve & wanted))
		return 0;
	return source_open(f->fan.c->o, f->fan.src, SOURCE_ATTRIBUTES);
}

/* Open the destination of @d for a file of the kind @q->kind. An enum target_result, or -errno. */
static int open_kind(struct file *f, struct delivery *d, const struct target_request *q)
{
	struct source *src = f->fan.src;
	struct event_sink *events = &d->events.sink;

	if (q->kind == KIND_DATA && src->consumed)
		return event_emit_error(events, OVLCP_EVENT_FAILED, src->path, q->path,
					&(struct err){ ESPIPE, OVLCP_OP_SOURCE_CONSUMED });
	if (open_for_attributes(f, q->kind) < 0)
		return event_emit_error(events, OVLCP_EVENT_FAILED, src->path, q->path,
					&src->open_error);
	return target_open(f->fan.c->o, q, &d->target);
}

/* Find the earlier destination that the copy becomes a link to. NULL: none, or it cannot be told,
   which is a failure, but the file is copied again. */
static const struct copied_dest *find_earlier(struct file *f, struct delivery *d, const char *path,
					      struct copied_dest *found)
{
	struct source *src = f->fan.src;
	int r = link_peer_find(f->fan.c, d->dest, src, found);

	if (r < 0) {
		d->link_error = r;
		(void)event_emit(&d->events.sink,
				 &(struct ovlcp_event){
					 .type = OVLCP_EVENT_FAILED,
					 .src = src->path,
					 .dst = path,
					 .other = found->path,
					 .err = { -r, OVLCP_OP_CREATE_LINK_TO_COPY },
				 });
	}
	return r > 0 ? found : NULL;
}

static void drop_event(struct event_sink *sink, const struct ovlcp_event *e)
{
	(void)sink;
	(void)e;
}

/* Open the destination of @d as a hard link to the first one. Where links cannot be had, nothing is
   emitted, and the error is one of share_peer_is_refusal. An enum target_result, or -errno. */
static int open_link(struct file *f, struct delivery *d, struct target_request *q)
{
	struct event_sink none = { .put = drop_event, .cancelled = f->fan.c->o->cancelled };
	struct event_sink *events = q->events;
	struct event_queue queued;
	int r;

	event_queue_init(&queued, f->fan.c->o->cancelled, events->id);
	q->kind = KIND_LINK_TO_COPY;
	q->is_share = true;
	q->events = &queued.sink;
	r = open_kind(f, d, q);
	q->is_share = false;
	keep_first_error(
		f, event_queue_flush(&queued, r < 0 && share_peer_is_refusal(&f->fan.first, -r)
						      ? &none
						      : events));
	q->events = d->target.events = events;
	return r;
}

/* Open the destination of @d as what its source is made into. An enum target_result, or -errno. */
static int open_copy(struct file *f, struct delivery *d, struct target_request *q)
{
	const enum file_kind kind = plan_file_kind(f->fan.src->st.st_mode, f->fan.c->opt);
	struct copied_dest earlier;
	int r;

	q->earlier = find_earlier(f, d, q->path, &earlier);
	q->kind = q->earlier ? KIND_LINK_TO_COPY : kind;
	r = open_kind(f, d, q);
	/* no link of the earlier copy can be had here: that is a failure, but the file is copied
	   again, and later ones become links of that */
	if (r < 0 && q->kind == KIND_LINK_TO_COPY && plan_link_is_refused(-r)) {
		d->link_error = r;
		q->kind = kind;
		q->earlier = NULL;
		r = open_kind(f, d, q);
	}
	return r;
}

/* Open the destination of @d. An enum target_result, or -errno. */
static int open_dest(struct file *f, struct delivery *d)
{
	struct copy *c = f->fan.c;
	struct event_sink *events = &d->events.sink;
	struct dest *p = d->dest;
	size_t len = p->path.len;
	struct target_request q;
	int r = dest_init_request(c, p, f->name, events, &q);

	if (r < 0)
		return r;
	q.src = f->fan.src;
	q.waiting = f->count > 0 ? &f->waiting : NULL;
	share_peer_recall(c, &f->fan.first, q.src, &q);
	q.earlier = share_peer_find(c, &f->fan.first, &q, f->fan.donors.count > 0);
	r = q.earlier ? open_link(f, d, &q) : 0;
	if (r < 0 && share_peer_is_refusal(&f->fan.first, -r)) {
		share_peer_refused(&f->fan.first);
		q.earlier = NULL;
	}
	d->is_shared = q.earlier;
	if (!q.earlier)
		r = open_copy(f, d, &q);
	dest_pop_name(p, len);
	return r;
}

/* Open the next destination and begin its delivery. TARGET_BUSY; or 0 with d->result set. */
static int begin_next(struct file *f, struct delivery *d)
{
	int r = open_dest(f, d);

	if (r == TARGET_OPEN && !deferred_try_submit(f->fan.c, f->fan.src, &d->target)) {
		d->is_open = true;
		delivery_begin(&f->fan, d);
	} else if (r == TARGET_NOT_OLDER) {
		d->result = delivery_remember(&f->fan, d);
		target_done(&d->target);
	} else if (r < 0) {
		d->result = r;
	}
	return r == TARGET_BUSY ? TARGET_BUSY : 0;
}

/* Read the source once for all destinations that wait for it. A single one reads it itself. */
static void read_for_all(struct file *f)
{
	struct exec_part parts[QUEUE_MAX];
	struct transfer *readers[QUEUE_MAX];
	void *buffer = session_buffer(f->fan.c->o);
	size_t n = 0;

	for (size_t i = 0; i < f->count; i++)
		if (f->queue[i].state == TRANSFER_READS) {
			readers[n] = &f->queue[i].transfer;
			parts[n].copy = &readers[n]->copy;
			n++;
		}
	if (n < 2 || !buffer)
		return;
	exec_tee(parts, n, buffer);
	for (size_t i = 0; i < n; i++)
		if (parts[i].outcome != EXEC_DEFERRED)
			transfer_note(readers[i], parts[i].outcome);
}

/* Complete all destinations in the queue. */
static void complete_all(struct file *f)
{
	if (f->count > 1)
		read_for_all(f);
	for (size_t i = 0; i < f->count; i++)
		keep_first_error(f, delivery_end(&f->fan, &f->queue[i]));
	inodeset_done(&f->waiting);
	f->count = 0;
}

/* Keep the last destination in the queue while others are opened, because it waits to read the
   source, or is behind one that does; if there is room and enough descriptors are left: its own are
   in the lower half of the limit. Return whether it stays. */
static bool try_keep_queued(struct file *f, struct delivery *d)
{
	const bool waits = d->state == TRANSFER_READS || f->waiting.head;
	int fd_max;

	if (f->count == f->room || d->state == TRANSFER_ALONE || !waits)
		return false;
	if (!d->is_open)
		return true;
	fd_max = (int)(sys_fd_limit() / 2);
	return d->target.fd < fd_max && d->target.dir_fd < fd_max &&
	       inodeset_add(&f->waiting, &d->target.st, "") == 0 &&
	       (f->name || target_own_dir_fd(&d->target) == 0);
}

/* Open a destination and put it into the queue. Its events are queued until those before it are
   complete. @id: its number. */
static void start_dest(struct file *f, struct dest *p, bool more_follow, uint64_t id)
{
	struct event_sink *out = f->fan.c->events;
	struct delivery *d = &f->queue[f->count];

	*d = (struct delivery){ .dest = p, .more_follow = more_follow };
	event_queue_init(&d->events, f->fan.c->o->cancelled, id);
	if (f->count == 0)
		(void)event_queue_release(&d->events, out); /* it is empty */
	if (begin_next(f, d) == TARGET_BUSY) {
		complete_all(f);
		keep_first_error(f, event_queue_flush(&d->events, out));
		start_dest(f, p, more_follow, id); /* the queue is empty now */
		return;
	}
	f->count++;
	if (!try_keep_queued(f, d))
		complete_all(f);
}

/* Allocate the queue. For one destination, or if memory is short, the queue is @single. */
static void init_queue(struct file *f, struct delivery *single)
{
	const struct ovlcp_options *opt = f->fan.c->opt;
	/* a name that is given later is not found to be taken by the next destination; and what is
	   linked to must be complete */
	const bool one_by_one = (opt->flags & OVLCP_ATOMIC) || opt->share != OVLCP_SHARE_REFLINK;
	size_t max = one_by_one ? 1 : QUEUE_MAX;
	size_t room = f->fan.c->q->n < max ? f->fan.c->q->n : max;

	f->queue = room > 1 ? calloc(room, sizeof(*f->queue)) : NULL;
	f->room = f->queue ? room : 1;
	f->fan.may_suspend = f->room > 1;
	if (!f->queue)
		f->queue = single;
}

int file_copy(struct copy *c, struct source *src, const char *name)
{
	struct file f = { .fan = { .c = c, .src = src, .first = SHARE_PEER_NONE }, .name = name };
	struct delivery single;
	bool cancelled = false;
	int r;

	init_queue(&f, &single);
	for (size_t i = 0; i < c->q->n && !cancelled; i++) {
		if (!dest_is_open(c, &c->dests[i]))
			continue;
		cancelled = session_is_cancelled(c->o);
		if (!cancelled)
			start_dest(&f, &c->dests[i], i + 1 < c->q->n, session_next_id(c->o));
	}
	complete_all(&f);
	if (f.queue != &single)
		free(f.queue);
	f.error = f.error || !cancelled ? f.error : -ECANCELED;
	r = delivery_close_donors(&f.fan);
	return f.error ? f.error : r;
}
