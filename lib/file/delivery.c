/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * One destination of a file from where it is open to where it is complete: label, transfer, dress,
 * close, tell.
 */
#include "file/file.h"

#include "base/fd.h"
#include "base/path.h"
#include "file/result_event.h"
#include "session/emit.h"
#include "sys/status.h"

#include <errno.h>
#include <string.h>

int remember_link_target(struct file *f, struct dest *p, const struct target *t)
{
	struct copied_dest place = { .path = t->path, .named_len = t->named_len };
	struct stat st;
	int r;

	if (!may_have_link_peer(f->c, f->src) || t->kind == KIND_LINK_TO_COPY)
		return 0;
	r = t->would_exist ? 0 : sys_stat(t->dir_fd, t->name, false, &st);
	if (r < 0)
		return 0; /* it has gone: nothing to link to */
	if (!t->would_exist) {
		/* as with cp: where links are followed, that at the destination is, too */
		place.via_symlink = t->kind == KIND_DATA && f->src->follow && S_ISLNK(st.st_mode);
		st = place.via_symlink ? t->st : st;
		place.dev = st.st_dev;
		place.ino = st.st_ino;
	}
	return copied_map_add(p->copied_map, &f->src->st, &place);
}

/* Keep the destination open as a donor, or close it. */
static int hand_over(struct file *f, struct target *t, bool donor)
{
	char *path = donor && donors_have_room(&f->donors) ? strdup(t->path) : NULL;
	int r = 0;

	if (path)
		r = donors_take(&f->donors, TAKE_FD(t->fd), path);
	else if (t->fd >= 0)
		r = target_close(t);
	return r < 0 ? emit_copy_error(f->c, t->path, &(struct err){ -r, OVLCP_OP_CLOSE }) : 0;
}

/* Whether the target is a file of its own, which has attributes to be set. */
static bool has_attributes(const struct target *t)
{
	return t->kind != KIND_LINK && t->kind != KIND_LINK_TO_COPY;
}

/* After the data in a dry run: what later files of the call depend on. */
static int finish_dry_run(struct file *f, struct dest *p, struct target *t, bool donor)
{
	int r = remember_link_target(f, p, t);

	if (r == 0 && donor)
		r = hand_over(f, t, true);
	return r;
}

/* Everything after the data: attributes, a place in the lists, the close. Failures are told. */
static int complete(struct file *f, struct dest *p, struct target *t, bool donor, bool more_follow)
{
	int dressed = 0;
	int listed;
	int closed;

	if (t->would_exist)
		return finish_dry_run(f, p, t, donor);
	if (has_attributes(t))
		dressed = copy_set_attrs(f->c, t, t->path, f->src->fd, &f->src->st);
	listed = copy_record_created(f->c, t, t->path, f->src->from_caller);
	if (listed == 0 && remember_link_target(f, p, t) < 0)
		listed = emit_copy_error(f->c, t->path, &(struct err){ ENOMEM, OVLCP_OP_NONE });
	if (f->src->consumed && more_follow)
		(void)source_replace_fd(f->src, t->fd); /* if not, the others are refused */
	closed = hand_over(f, t, donor);
	return dressed < 0 ? dressed : listed < 0 ? listed : closed;
}

static enum ovlcp_method method_of(const struct target *t)
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

static void tell_begin(struct file *f, const struct target *t)
{
	CLEANUP_FREE char *backup = t->backup ? path_sibling(t->path, t->backup) : NULL;

	report(f->c->o, &(struct ovlcp_event){ .type = OVLCP_EVENT_BEGIN,
					       .src = f->src->path,
					       .dst = t->path,
					       .other = backup });
	/* as cp has it: a file that a link took the place of comes after */
	if (t->replaced && t->kind == KIND_LINK_TO_COPY)
		report(f->c->o, &(struct ovlcp_event){ .type = OVLCP_EVENT_REMOVED,
						       .src = f->src->path,
						       .dst = t->path,
						       .op = OVLCP_OP_REMOVE });
}

static bool has_data(const struct file *f, const struct target *t)
{
	return t->kind == KIND_DATA && !(f->c->opt->flags & OVLCP_ATTRIBUTES_ONLY);
}

void delivery_begin(struct file *f, struct delivery *d)
{
	struct copy *c = f->c;
	struct target *t = &d->target;
	int r = 0;

	tell_begin(f, t);
	if (has_attributes(t) && !t->would_exist)
		r = copy_label(c, t, t->path, f->src->fd, &f->src->st);
	if (r == 0 && has_data(f, t)) {
		d->request = (struct transfer_request){ f->src,	    t,	     c->opt,
							&f->donors, c->q->n, d->more_follow };
		transfer_begin(&d->transfer, c->o, &d->request);
		r = transfer_run(&d->transfer, f->room > 1);
	} else if (r == 0) {
		d->transfer.res.method = method_of(t);
	}
	d->state = r > 0 ? (enum transfer_state)r : TRANSFER_ENDED;
	d->result = r > 0 ? 0 : r;
}

/* From a destination that has its data, or cannot get it, to one that is complete or undone. */
static int conclude(struct file *f, struct delivery *d)
{
	struct target *t = &d->target;
	const struct transfer_result *res = &d->transfer.res;
	struct ovlcp_event news = make_result_event(f->c, f->src, t, res);
	int r = d->result;

	if (r == 0)
		r = complete(f, d->dest, t, res->donor, d->more_follow);
	/* a failure before or after the data was told by who noticed it */
	if (r == 0 || res->err.code)
		report(f->c->o, &news);
	/* who requires shared data does not want an empty file in its place */
	t->emptied = f->c->opt->require != OVLCP_REQUIRE_ANY && res->err.op == OVLCP_OP_CLONE;
	if (res->err.code)
		target_undo(f->c->o, t, f->src->path);
	else
		target_done(t);
	return r;
}

int delivery_end(struct file *f, struct delivery *d)
{
	event_flush(f->c->o, &d->told);
	if (!d->is_open)
		return d->result;
	if (d->state != TRANSFER_ENDED)
		d->result = transfer_run(&d->transfer, false);
	return conclude(f, d);
}
