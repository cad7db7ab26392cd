/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * One non-directory to all of its destinations: opened one after the other, completed in the same
 * order (delivery.c), and read once for as many as wait for that.
 *
 * What is opened must not depend on what is not complete yet: see target_request.waiting.
 */
#include "file/file.h"

#include "base/inodeset.h"
#include "copy/dest.h"
#include "exec/tee.h"
#include "file/deferred.h"
#include "file/delivery.h"
#include "plan/file_kind.h"
#include "sys/process.h"
#include "target/open.h"
#include "walk/copied_map.h"

#include <errno.h>
#include <stdlib.h>

/* Destinations that wait at a time. For a thousand of them the source is read 16 times. */
#define WAIT_MAX 64

/* A file while it is copied. */
struct file {
	struct fan_out fan;
	/* in the directory of the tree, NULL for what the caller named */
	const char *name;
	/* destinations under way, and how many there may be */
	struct delivery *line;
	size_t count;
	size_t room;
	/* those of them that wait for their data */
	struct inodeset waiting;
	/* first -errno of those that left the line */
	int first;
};

/* Attributes of what is not opened for its data come from a descriptor, too, if any need one. */
static int open_for_attributes(struct file *f, enum file_kind make)
{
	const uint32_t wanted = OVLCP_PRESERVE_XATTR | OVLCP_PRESERVE_CONTEXT |
				(make == KIND_SPECIAL ? OVLCP_PRESERVE_MODE : 0);

	if ((make != KIND_SPECIAL && make != KIND_SYMLINK) || !(f->fan.c->opt->preserve & wanted))
		return 0;
	return source_open(f->fan.c->o, f->fan.src, SOURCE_ATTRIBUTES);
}

/* What is to be made of the source, and of which earlier destination. */
static enum file_kind choose_kind(const struct file *f, const struct dest *p,
				  struct copied_dest *ret_earlier)
{
	const struct copy *c = f->fan.c;
	const struct source *src = f->fan.src;

	if (copy_may_have_link_peer(c, src) &&
	    copied_map_find(p->copied_map, &src->st, ret_earlier) && !ret_earlier->made)
		return KIND_LINK_TO_COPY;
	return plan_file_kind(src->st.st_mode, c->opt);
}

/* Open the destination of @d. An enum target_result, or -errno. */
static int open_dest(struct file *f, struct delivery *d)
{
	struct copy *c = f->fan.c;
	struct source *src = f->fan.src;
	struct event_sink *events = &d->events.sink;
	struct dest *p = d->dest;
	size_t len = p->path.len;
	struct copied_dest earlier;
	struct target_request q;
	int r = dest_init_request(c, p, f->name, events, &q);

	if (r < 0)
		return r;
	q.src = src;
	q.waiting = f->count > 0 ? &f->waiting : NULL;
	q.kind = choose_kind(f, p, &earlier);
	q.earlier = q.kind == KIND_LINK_TO_COPY ? &earlier : NULL;
	if (q.kind == KIND_DATA && src->consumed)
		r = event_emit_error(events, OVLCP_EVENT_FAILED, src->path, q.path,
				     &(struct err){ ESPIPE, OVLCP_OP_SOURCE_CONSUMED });
	else if (open_for_attributes(f, q.kind) < 0)
		r = event_emit_error(events, OVLCP_EVENT_FAILED, src->path, q.path,
				     &src->open_error);
	else
		r = target_open(c->o, &q, &d->target);
	dest_pop_name(p, len);
	return r;
}

/* Open the next in the line, and begin to fill it. TARGET_BUSY, or d->result is set. */
static int begin_next(struct file *f, struct delivery *d)
{
	int r = open_dest(f, d);

	if (r == TARGET_OPEN && !deferred_try_submit(f->fan.c, f->fan.src, &d->target)) {
		d->is_open = true;
		delivery_begin(&f->fan, d);
	} else if (r == TARGET_NOT_OLDER) {
		d->result = delivery_remember(&f->fan, d->dest, &d->target);
		target_done(&d->target);
	} else if (r < 0) {
		d->result = r;
	}
	return r == TARGET_BUSY ? TARGET_BUSY : 0;
}

/* Read the source once for all that wait for it. One alone can do it itself. */
static void read_for_all(struct file *f)
{
	struct exec_part parts[WAIT_MAX];
	struct transfer *readers[WAIT_MAX];
	void *buffer = session_buffer(f->fan.c->o);
	size_t n = 0;

	for (size_t i = 0; i < f->count; i++)
		if (f->line[i].state == TRANSFER_READS) {
			readers[n] = &f->line[i].transfer;
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

/* Bring all in the line to their end. */
static void complete_all(struct file *f)
{
	if (f->count > 1)
		read_for_all(f);
	for (size_t i = 0; i < f->count; i++) {
		int r = delivery_end(&f->fan, &f->line[i]);

		f->first = f->first ? f->first : r;
	}
	inodeset_done(&f->waiting);
	f->count = 0;
}

/* Whether the last in the line can wait there while others are opened: there is room, and a
   descriptor that is still low tells that enough are left. */
static bool can_wait(struct file *f, struct delivery *d)
{
	int most = (int)(sys_fd_limit() / 2);

	return f->count < f->room && d->target.fd < most && d->target.dir_fd < most &&
	       inodeset_add(&f->waiting, &d->target.st, "") == 0 &&
	       (f->name || target_own_dir_fd(&d->target) == 0);
}

/* Put a destination into the line. As long as others wait before it, its events are queued. */
static void start_dest(struct file *f, struct dest *p, bool more_follow)
{
	struct event_sink *out = f->fan.c->events;
	struct delivery *d = &f->line[f->count];

	*d = (struct delivery){ .dest = p, .more_follow = more_follow };
	event_queue_init(&d->events, f->fan.c->o->cancelled);
	if (f->count == 0)
		event_queue_release(&d->events, out);
	if (begin_next(f, d) == TARGET_BUSY) {
		complete_all(f);
		event_queue_flush(&d->events, out);
		start_dest(f, p, more_follow); /* none waits now */
		return;
	}
	f->count++;
	if (d->state == TRANSFER_READS
		    ? !can_wait(f, d)
		    : d->state == TRANSFER_ALONE || f->count == f->room || !f->waiting.head)
		complete_all(f);
}

/* Room for the line; with room for one, which is always there, none waits. */
static void make_room(struct file *f, struct delivery *one)
{
	size_t room = f->fan.c->q->n < WAIT_MAX ? f->fan.c->q->n : WAIT_MAX;

	f->line = room > 1 ? calloc(room, sizeof(*f->line)) : NULL;
	f->room = f->line ? room : 1;
	f->fan.may_wait = f->room > 1;
	if (!f->line)
		f->line = one;
}

int file_copy(struct copy *c, struct source *src, const char *name)
{
	struct file f = { .fan = { .c = c, .src = src }, .name = name };
	struct delivery one;
	bool cancelled = false;
	int r;

	make_room(&f, &one);
	for (size_t i = 0; i < c->q->n && !cancelled; i++) {
		if (!dest_is_open(c, &c->dests[i]))
			continue;
		cancelled = session_is_cancelled(c->o);
		if (!cancelled)
			start_dest(&f, &c->dests[i], i + 1 < c->q->n);
	}
	complete_all(&f);
	if (f.line != &one)
		free(f.line);
	f.first = f.first || !cancelled ? f.first : -ECANCELED;
	r = delivery_close_donors(&f.fan);
	return f.first ? f.first : r;
}
