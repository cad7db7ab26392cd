/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What is no directory, to all of its destinations: opened one after the other, completed in the
 * same order (deliver.c), and read once for as many as wait for that.
 *
 * What is opened must not depend on what is not complete yet: see target_request.waiting.
 */
#include "file/file.h"

#include "base/fd.h"
#include "exec/tee.h"
#include "file/deferred.h"
#include "plan/file_kind.h"
#include "session/emit.h"
#include "sys/process.h"

#include <errno.h>
#include <stdlib.h>

/* Destinations that wait at a time. For a thousand of them the source is read 16 times. */
#define WAIT_MAX 64

bool may_have_link_peer(const struct copy *c, const struct source *src)
{
	const struct ovlcp_options *opt = c->opt;

	if (!(opt->preserve & OVLCP_PRESERVE_LINKS) || opt->make == OVLCP_MAKE_HARD_LINKS)
		return false;
	/* where links are followed, two of them may lead to a file that has one name */
	return src->st.st_nlink > 1 || opt->follow == OVLCP_FOLLOW_ALL ||
	       (opt->follow == OVLCP_FOLLOW_NAMED && src->from_caller);
}

/* Attributes of what is not opened for its data come from a descriptor, too, if any need one. */
static int open_for_attributes(struct file *f, enum file_kind make)
{
	const uint32_t wanted = OVLCP_PRESERVE_XATTR | OVLCP_PRESERVE_CONTEXT |
				(make == KIND_SPECIAL ? OVLCP_PRESERVE_MODE : 0);

	if ((make != KIND_SPECIAL && make != KIND_SYMLINK) || !(f->c->opt->preserve & wanted))
		return 0;
	return source_open(f->c->o, f->src, SOURCE_ATTRIBUTES);
}

/* Open a destination. An enum target_result, or -errno. */
static int open_dest(struct file *f, struct dest *p, struct target *ret_t)
{
	size_t len = p->path.len;
	struct copied_dest earlier;
	struct target_request q;
	int r = dest_init_request(f->c, p, f->name, &q);

	if (r < 0)
		return r;
	q.src = f->src;
	q.waiting = f->count > 0 ? &f->waiting : NULL;
	q.kind = plan_file_kind(f->src->st.st_mode, f->c->opt);
	if (may_have_link_peer(f->c, f->src) &&
	    copied_map_find(p->copied_map, &f->src->st, &earlier) && !earlier.made) {
		q.kind = KIND_LINK_TO_COPY;
		q.earlier = &earlier;
	}
	if (q.kind == KIND_DATA && f->src->consumed)
		r = emit_copy_error(f->c, q.path,
				    &(struct err){ ESPIPE, OVLCP_OP_SOURCE_CONSUMED });
	else if (open_for_attributes(f, q.kind) < 0)
		r = emit_copy_error(f->c, q.path, &f->src->open_error);
	else
		r = target_open(f->c->o, &q, ret_t);
	dest_pop_name(p, len);
	return r;
}

/* Open the next in the line, and begin to fill it. TARGET_BUSY, or d->result is set. */
static int begin_next(struct file *f, struct delivery *d)
{
	int r = open_dest(f, d->dest, &d->target);

	if (r == TARGET_OPEN && !deferred_try_submit(f->c, f->src, &d->target)) {
		d->is_open = true;
		delivery_begin(f, d);
	} else if (r == TARGET_NOT_OLDER) {
		d->result = remember_link_target(f, d->dest, &d->target);
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
	void *buffer = session_buffer(f->c->o);
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
static void settle(struct file *f)
{
	if (f->count > 1)
		read_for_all(f);
	for (size_t i = 0; i < f->count; i++) {
		int r = delivery_end(f, &f->line[i]);

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

/* Put a destination into the line. While others wait, what there is to tell of it is kept. */
static void start_dest(struct file *f, struct dest *p, bool more_follow)
{
	struct ovlcp *o = f->c->o;
	struct event_queue *told = o->told;
	struct delivery *d = &f->line[f->count];
	int r;

	*d = (struct delivery){ .dest = p, .more_follow = more_follow };
	if (f->count > 0)
		o->told = &d->told;
	r = begin_next(f, d);
	if (f->count > 0)
		o->told = told; /* else whoever was told before, or the pool that came */
	if (r == TARGET_BUSY) {
		settle(f);
		event_flush(o, &d->told);
		start_dest(f, p, more_follow); /* nobody waits now */
		return;
	}
	f->count++;
	if (d->state == TRANSFER_READS
		    ? !can_wait(f, d)
		    : d->state == TRANSFER_ALONE || f->count == f->room || !f->waiting.head)
		settle(f);
}

static int close_donors(struct file *f)
{
	int first = 0;

	while (f->donors.count > 0) {
		CLEANUP_FREE char *path = NULL;
		int r = donors_close_last(&f->donors, &path);

		if (r < 0) {
			(void)emit_copy_error(f->c, path, &(struct err){ -r, OVLCP_OP_CLOSE });
			first = r;
		}
	}
	return first;
}

/* Room for the line; with room for one, which is always there, nobody waits. */
static void make_room(struct file *f, struct delivery *one)
{
	size_t room = f->c->q->n < WAIT_MAX ? f->c->q->n : WAIT_MAX;

	f->line = room > 1 ? calloc(room, sizeof(*f->line)) : NULL;
	f->room = f->line ? room : 1;
	if (!f->line)
		f->line = one;
}

int file_copy(struct copy *c, struct source *src, const char *name)
{
	struct file f = { .c = c, .src = src, .name = name };
	struct delivery one;
	bool cancelled = false;
	int r;

	make_room(&f, &one);
	for (size_t i = 0; i < c->q->n && !cancelled; i++) {
		if (!dest_is_open(c, &c->dests[i]))
			continue;
		cancelled = is_cancelled(c->o);
		if (!cancelled)
			start_dest(&f, &c->dests[i], i + 1 < c->q->n);
	}
	settle(&f);
	if (f.line != &one)
		free(f.line);
	f.first = f.first || !cancelled ? f.first : -ECANCELED;
	r = close_donors(&f);
	return f.first ? f.first : r;
}

int file_finish(struct copy *c, struct source *src, struct target *t)
{
	struct file f = { .c = c, .src = src, .room = 1 };
	struct delivery d = { .target = *t, .is_open = true };
	int closed;

	*t = (struct target){ .fd = -EBADF };
	delivery_begin(&f, &d);
	f.first = delivery_end(&f, &d);
	closed = close_donors(&f);
	return f.first ? f.first : closed;
}
