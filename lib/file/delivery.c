/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The delivery to one destination, step by step: security context, transfer, attributes, records,
 * close, event.
 */
#include "file/delivery.h"

#include "base/fd.h"
#include "base/path.h"
#include "copy/durable.h"
#include "file/result_event.h"
#include "file/verify.h"
#include "plan/file_kind.h"
#include "sys/descriptor.h"
#include "sys/status.h"
#include "target/hardlink.h"
#include "target/staged.h"
#include "target/taken.h"
#include "transfer/begin.h"
#include "transfer/remembered.h"
#include "walk/copied_map.h"

#include <errno.h>
#include <string.h>

/* Emit a failure of the destination. Returns -@error, or -ECANCELED as event_emit does. */
static int emit_failed(struct fan_out *f, const struct target *t, int error, enum ovlcp_op op)
{
	return event_emit_error(t->events, OVLCP_EVENT_FAILED, f->c->path.text, t->path,
				&(struct err){ error, op });
}

int delivery_remember(struct fan_out *f, const struct delivery *d)
{
	const struct target *t = &d->target;
	struct copied_dest copied = { .path = t->path, .named_len = t->named_len };
	struct stat st;
	int r;

	/* what became a link of an earlier copy in the same tree is found by that */
	if (!copy_may_have_link_peer(f->c, f->src) ||
	    (t->kind == KIND_LINK_TO_COPY && !d->is_shared))
		return 0;
	r = t->would_exist ? 1 : hardlink_look(t, &st);
	if (r == 0)
		return 0; /* the name has gone: there is nothing to link to */
	/* as with cp: if symbolic links are followed, so is one at the destination */
	copied.via_symlink = r > 0 && !t->would_exist && t->kind == KIND_DATA &&
			     (t->via_symlink || (f->src->follow && S_ISLNK(st.st_mode)));
	if (copied.via_symlink)
		r = sys_fstat(t->fd, &st);
	if (r < 0)
		return emit_failed(f, t, -r, OVLCP_OP_STAT_DESTINATION);
	if (!t->would_exist)
		copied_dest_set_stat(&copied, &st);
	r = copied_map_add(d->dest->copied_map, &f->src->st, copy_source_key(f->c, f->src),
			   &copied);
	return r < 0 ? emit_failed(f, t, -r, OVLCP_OP_NONE) : 0;
}

/* Keep the destination open as a donor if there is room, or the unnamed file instead of it, and
   close what is not kept. 0, or -errno. */
static int close_or_keep_donor(struct fan_out *f, struct target *t, struct transfer *tr)
{
	char *path = tr->is_donor && donors_have_room(&f->donors) ? strdup(t->path) : NULL;
	int *fd = tr->unnamed_fd >= 0 ? &tr->unnamed_fd : &t->fd;
	int r = path ? donors_take(&f->donors, TAKE_FD(*fd), path, t->id) : 0;
	int closed = t->fd >= 0 ? target_close(t) : 0;

	r = r < 0 ? r : closed;
	return r < 0 ? emit_failed(f, t, -r, OVLCP_OP_CLOSE) : 0;
}

/* Where a stream can be read again: a regular file without offsets from the start, as it was
   opened; any other stream in the unnamed file, or in a regular destination that no other user may
   write to. A FIFO or a device does not return what it was given. A descriptor, or -EBADF. */
static int stream_again(const struct fan_out *f, const struct target *t, const struct transfer *tr)
{
	if (f->src->regular)
		return f->src->fd;
	if (tr->cannot_give || !S_ISREG(t->st.st_mode))
		return -EBADF;
	return tr->unnamed_fd >= 0 ? tr->unnamed_fd : t->fd;
}

/* Read a stream that was consumed again. */
static void replace_stream(struct fan_out *f, const struct target *t, const struct transfer *tr)
{
	const int fd = f->src->consumed ? stream_again(f, t, tr) : -EBADF;

	if (fd >= 0) /* on failure the others get ESPIPE */
		(void)source_replace_fd(f->src, fd);
}

/* Return whether the target is a new file with its own attributes, not a hard link. */
static bool has_attributes(const struct target *t)
{
	return t->kind != KIND_LINK && t->kind != KIND_LINK_TO_COPY;
}

/* Whether a directory of the walk, which has been created by this copy, holds the destination: it
   is written to stable storage with everything in it. */
static bool is_in_new_directory(const struct dest *p)
{
	return p && dest_depth(p) > 0 && dest_lowest(p)->target.created;
}

/* Do in a dry run, after the data, what later files of the call depend on. 0, or -errno. */
static int finish_dry_run(struct fan_out *f, struct delivery *d)
{
	struct target *t = &d->target;
	struct transfer *tr = &d->transfer;
	int r = delivery_remember(f, d);

	share_peer_keep(f->c, &f->first, t, &tr->outcome);
	if (r == 0)
		r = durable_name(f->c, t, is_in_new_directory(d->dest));
	if (r == 0 && tr->is_donor)
		r = close_or_keep_donor(f, t, tr);
	return r;
}

/* Have the errors returned that a close would return: a file that has its name cannot be undone.
   Each close of a descriptor flushes (close(2), NFS and FUSE). 0, or -errno. */
static int flush(const struct target *t)
{
	int fd = t->staged.is_active && t->kind == KIND_DATA ? sys_dup(t->fd) : -EBADF;

	return fd >= 0 ? sys_close(fd) : fd == -EBADF ? 0 : fd;
}

/* Give the complete destination its name, if it has none yet, after its data was written to stable
   storage as the options ask. 0; or -errno, which was emitted. */
static int give_name(struct fan_out *f, struct delivery *d)
{
	struct target *t = &d->target;
	int r = durable_data(f->c, t, transfer_cloned_from(&d->transfer) >= 0);

	if (r < 0)
		return r;
	r = flush(t);
	if (r < 0)
		return emit_failed(f, t, -r, OVLCP_OP_CLOSE);
	r = staged_commit(t);
	return r < 0 ? emit_failed(f, t, -r, plan_create_op(t->kind, f->src->st.st_mode)) : 0;
}

/* Do what follows the data: attributes, name, records, close. 0; or -errno, which was emitted.
 *@ret_is_lost: whether the file is, because it could not be written, named or closed. */
static int complete_target(struct fan_out *f, struct delivery *d, bool *ret_is_lost)
{
	struct dest *p = d->dest;
	struct target *t = &d->target;
	struct transfer *tr = &d->transfer;
	int attrs = 0;
	bool is_staged;
	int named;
	int recorded = 0;
	int written;
	int closed;

	if (t->would_exist)
		return finish_dry_run(f, d);
	if (t->superseded)
		copy_keep_attrs(f->c, t);
	if (has_attributes(t))
		attrs = copy_set_attrs(f->c, t, t->path, f->c->path.text, f->src->fd, &f->src->st);
	is_staged = t->staged.is_active;
	named = give_name(f, d);
	*ret_is_lost = named < 0;
	if (named < 0)
		return named;
	named = durable_name(f->c, t, is_in_new_directory(p));
	/* a file in a new directory is met again only by way of that, which is recorded: memory is
	   not to grow with the number of files */
	if (!is_in_new_directory(p))
		recorded = copy_record_created(f->c, t, t->path, f->src->from_caller);
	if (recorded == 0)
		recorded = delivery_remember(f, d);
	written = p ? dest_record_written(f->c, p, t) : 0; /* NULL: named by the caller */
	if (recorded == 0 && written < 0)
		recorded = emit_failed(f, t, -written, OVLCP_OP_NONE);
	if (attrs < 0)
		tr->kept.making = 0; /* it lacks attributes that another copy may get */
	remembered_complete(tr);
	share_peer_keep(f->c, &f->first, t, &tr->outcome);
	share_peer_linked(f->c, &f->first, t);
	if (d->more_follow)
		replace_stream(f, t, tr);
	closed = close_or_keep_donor(f, t, tr);
	*ret_is_lost = closed < 0 && !is_staged; /* what was flushed is complete */
	if (*ret_is_lost)
		share_peer_lost(&f->first, t);
	return attrs < 0 ? attrs : recorded < 0 ? recorded : named < 0 ? named : closed;
}

static enum ovlcp_method result_method(const struct target *t)
{
	static const enum ovlcp_method methods[KIND_COUNT] = {
		[KIND_DATA] = OVLCP_METHOD_ATTRIBUTES,
		[KIND_DIRECTORY] = OVLCP_METHOD_DIRECTORY,
		[KIND_SYMLINK] = OVLCP_METHOD_SYMBOLIC_LINK,
		[KIND_SPECIAL] = OVLCP_METHOD_SPECIAL_FILE,
		[KIND_LINK_TO_COPY] = OVLCP_METHOD_HARD_LINK,
		[KIND_LINK] = OVLCP_METHOD_HARD_LINK,
		[KIND_SYMLINK_TO] = OVLCP_METHOD_SYMBOLIC_LINK,
	};

	return methods[t->kind];
}

/* Emit that the destination is open. */
static void emit_begin(struct fan_out *f, const struct target *t)
{
	CLEANUP_FREE char *backup = t->backup ? path_sibling(t->path, t->backup) : NULL;

	(void)event_emit(t->events, &(struct ovlcp_event){ .type = OVLCP_EVENT_BEGIN,
							   .src = f->src->path,
							   .dst = t->path,
							   .other = backup });
	/* as cp: "removed" comes after "->" if a hard link has replaced a file */
	if (t->replaced && !t->backup && t->kind == KIND_LINK_TO_COPY)
		(void)event_emit(t->events, &(struct ovlcp_event){ .type = OVLCP_EVENT_REMOVED,
								   .src = f->src->path,
								   .dst = t->path,
								   .err.op = OVLCP_OP_REMOVE });
}

static bool has_data(const struct fan_out *f, const struct target *t)
{
	return t->kind == KIND_DATA && !(f->c->opt->flags & OVLCP_ATTRIBUTES_ONLY);
}

void delivery_begin(struct fan_out *f, struct delivery *d)
{
	struct copy *c = f->c;
	struct target *t = &d->target;
	int r = 0;

	d->transfer = (struct transfer){ .unnamed_fd = -EBADF, .recalled = RECALLED_NONE };
	emit_begin(f, t);
	if (t->kind == KIND_DATA || t->kind == KIND_SPECIAL)
		copy_warn_of_layer(c, t, t->path, f->src->fd, &f->src->st);
	if (has_attributes(t) && !t->would_exist)
		r = copy_label(c, t, t->path, f->src->fd, &f->src->st);
	if (r == 0 && has_data(f, t)) {
		d->request = (struct transfer_request){ .src = f->src,
							.dst = t,
							.opt = c->opt,
							.donors = &f->donors,
							.destinations = c->q->n,
							.more_follow = d->more_follow };
		transfer_begin(&d->transfer, c->o, &d->request);
		r = transfer_run(&d->transfer, f->may_suspend);
	} else if (r == 0) {
		d->transfer.outcome =
			(struct outcome){ .method = result_method(t), .can_clone = -1 };
	}
	d->state = r > 0 ? (enum transfer_state)r : TRANSFER_ENDED;
	d->result = r > 0 ? 0 : r;
}

/* How long a file that only the copy has written to may be. A write that failed may have made it
   longer all the same: with O_SYNC or -o sync the page cache has the data before the disk. */
static uint64_t written_at_most(const struct fan_out *f, const struct transfer *tr)
{
	const uint64_t all = (uint64_t)f->src->st.st_size;

	return tr->err.op == OVLCP_OP_WRITE && all > tr->copy.done ? all : tr->copy.done;
}

/* How long it is at least. Where holes are left out, that is what was written without them. */
static uint64_t written_at_least(const struct transfer *tr)
{
	return tr->copy.written < tr->copy.done ? tr->copy.written : tr->copy.done;
}

/* Complete a destination that has its data, or undo one that cannot get it; emit the result. 0, or
   -errno. */
static int complete_or_undo(struct fan_out *f, struct delivery *d)
{
	struct target *t = &d->target;
	struct transfer *tr = &d->transfer;
	/* made before the files are closed */
	struct ovlcp_event event = result_event_make(f->c, f->src, t, tr);
	bool is_lost = d->result < 0;
	bool is_wrong = false;
	bool is_whole;
	int r = d->result;

	if (r == 0 && (f->c->opt->flags & OVLCP_VERIFY) && has_data(f, t)) {
		if (t->would_exist)
			event.verified = verify_prediction(tr);
		else
			r = verify_copy(tr, &event);
		is_wrong = is_lost = r < 0;
	}
	if (is_wrong)
		event.type = OVLCP_EVENT_FAILED;
	if (r == 0)
		r = complete_target(f, d, &is_lost);
	if (r == 0)
		r = d->link_error;
	/* a failure before or after the transfer was emitted where it was noticed; what has its
	   data and its name all the same is told besides */
	if (r < 0 && event.type == OVLCP_EVENT_COPIED)
		event.fsync = OVLCP_FSYNC_NONE;
	if (r == 0 || tr->err.code || is_wrong || (!is_lost && !t->would_exist))
		(void)event_emit(t->events, &event);
	if (r == 0)
		r = durable_verdict(f->c, t, t->path);
	/* if sharing is required, an empty file must not be left in its place; but a device is not
	   emptied by being opened */
	t->emptied = S_ISREG(t->st.st_mode) &&
		     (event.err.op == OVLCP_OP_VERIFY ||
		      (f->c->opt->require != OVLCP_REQUIRE_ANY && tr->err.op == OVLCP_OP_CLONE));
	/* a clone is as long as its source; of a copy that is wrong no byte is kept */
	is_whole = is_wrong || transfer_cloned_from(tr) >= 0;
	t->most = is_whole ? UINT64_MAX : written_at_most(f, tr);
	t->least = is_whole ? 0 : written_at_least(tr);
	if (r < 0 && t->would_exist)
		taken_remove(f->c->o, t);
	if (is_lost)
		target_undo(t, f->src->path);
	else
		target_done(t);
	transfer_done(tr);
	return r;
}

int delivery_end(struct fan_out *f, struct delivery *d)
{
	int lost = event_queue_release(&d->events, f->c->events);
	int r;

	if (d->is_open && d->state != TRANSFER_ENDED)
		d->result = transfer_run(&d->transfer, false);
	r = d->is_open ? complete_or_undo(f, d) : d->result;
	return r ? r : lost;
}

int delivery_close_donors(struct fan_out *f)
{
	int first = 0;

	share_peer_done(&f->first);
	while (f->donors.count > 0) {
		CLEANUP_FREE char *path = NULL;
		const uint64_t id = f->donors.list[f->donors.count - 1].id;
		int r = donors_close_last(&f->donors, &path);

		if (r < 0) {
			(void)copy_emit_dest_error(f->c, id, path,
						   &(struct err){ -r, OVLCP_OP_CLOSE });
			first = r;
		}
	}
	return first;
}

int delivery_of_one(struct copy *c, struct source *src, struct target *t)
{
	struct fan_out f = { .c = c, .src = src, .first = SHARE_PEER_NONE };
	struct delivery d = { .target = *t, .is_open = true };
	int result;
	int closed;

	*t = (struct target){ .fd = -EBADF };
	event_queue_init(&d.events, c->o->cancelled, d.target.id);
	delivery_begin(&f, &d);
	result = delivery_end(&f, &d);
	closed = delivery_close_donors(&f);
	return result ? result : closed;
}
