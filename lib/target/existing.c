/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A destination that exists: looked at (look.c), decided about (plan/existing.c), dealt with here.
 */
#include "target/existing.h"

#include "base/fd.h"
#include "base/path.h"
#include "base/tempname.h"
#include "exec/create.h"
#include "plan/existing.h"
#include "plan/file_kind.h"
#include "target/backup.h"
#include "target/create.h"
#include "target/dry_run.h"
#include "target/inspect.h"
#include "base/inodeset.h"
#include "sys/descriptor.h"
#include "sys/names.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

/* One existing destination on its way through this file. */
struct existing {
	struct ovlcp *o;
	const struct target_request *q;
	struct target *t;
	struct existing_state seen;
	struct dst_step step;
};

static int emit_result(struct existing *x, enum ovlcp_event_type type, enum ovlcp_op op, int error)
{
	return target_emit(x->t, x->q, type, op, error);
}

/* What is wrong anyway counts only here: an existing destination may be left alone. */
static int refuse_precondition(struct existing *x)
{
	return emit_result(x, OVLCP_EVENT_FAILED, x->t->precondition_err.op,
			   x->t->precondition_err.code);
}

static int do_enter(struct existing *x)
{
	char *inner = path_join_name(x->t->path, x->q->src->path);

	if (!inner)
		return emit_result(x, OVLCP_EVENT_FAILED, OVLCP_OP_CREATE, ENOMEM);
	free(x->t->path);
	x->t->path = inner;
	x->t->in_dir = true;
	return TARGET_AGAIN;
}

static int do_remove(struct existing *x)
{
	int r = sys_unlink(x->t->dir_fd, x->t->name);

	if (r < 0 && r != -ENOENT)
		return emit_result(x, OVLCP_EVENT_FAILED, OVLCP_OP_REMOVE, -r);
	if (r == 0) {
		inodeset_remove(&x->o->created, &x->seen.link, x->t->path);
		(void)emit_result(x, OVLCP_EVENT_REMOVED, OVLCP_OP_REMOVE, 0);
	}
	return TARGET_AGAIN;
}

static int do_backup(struct existing *x)
{
	CLEANUP_FREE char *backup = NULL;
	int r = backup_name(x->t->dir_fd, x->t->name, x->q->opt, &backup);

	if (r == 0)
		r = sys_rename(x->t->dir_fd, x->t->name, backup, true);
	if (r < 0 && r != -ENOENT)
		return emit_result(x, OVLCP_EVENT_FAILED, OVLCP_OP_BACKUP, -r);
	if (r == 0) {
		free(x->t->backup);
		x->t->backup = TAKE_PTR(backup);
	}
	return TARGET_AGAIN;
}

static int do_aside(struct existing *x)
{
	CLEANUP_FREE char *backup = NULL;
	int r = backup_name(x->t->dir_fd, x->t->name, x->q->opt, &backup);
	char *path = r == 0 ? path_sibling(x->t->path, backup) : NULL;

	if (!path)
		return emit_result(x, OVLCP_EVENT_FAILED, OVLCP_OP_BACKUP, r < 0 ? -r : ENOMEM);
	free(x->t->name);
	free(x->t->path);
	x->t->name = TAKE_PTR(backup);
	x->t->path = path;
	x->t->as_backup = true;
	return TARGET_AGAIN;
}

static int do_overwrite(struct existing *x)
{
	const struct target_request *q = x->q;
	/* a FIFO that is open for reading too would take the data and lose it */
	bool regular = S_ISREG(x->seen.facts.type);
	/* O_TRUNC at once: an overlay would copy up the old data first (measured) */
	int flags = q->opt->flags & OVLCP_ATTRIBUTES_ONLY ? 0 : O_TRUNC;
	int fd;

	/* what was no link a moment ago is none that anybody wanted written through */
	if (!q->src->from_caller && !S_ISLNK(x->seen.link.st_mode))
		flags |= O_NOFOLLOW;
	fd = sys_open(x->t->dir_fd, x->t->name, flags | (regular ? O_RDWR : O_WRONLY), 0);
	/* writable, not readable: it cannot be asked whether it clones, but it can be written */
	if (fd == -EACCES && regular)
		fd = sys_open(x->t->dir_fd, x->t->name, flags | O_WRONLY, 0);
	if (fd == -ENOENT || (fd == -ELOOP && (flags & O_NOFOLLOW)))
		return TARGET_AGAIN;
	if (fd < 0 && (q->opt->flags & OVLCP_FORCE))
		return do_remove(x);
	if (fd < 0)
		return emit_result(x, OVLCP_EVENT_FAILED, OVLCP_OP_CREATE, -fd);
	x->t->fd = fd;
	return TARGET_OPEN;
}

static int do_merge(struct existing *x)
{
	bool follow = S_ISLNK(x->seen.link.st_mode);
	int fd = exec_open_directory(x->t->dir_fd, x->t->name, follow);

	if (fd == -ENOENT || fd == -ELOOP || fd == -ENOTDIR)
		return TARGET_AGAIN;
	if (fd < 0)
		return emit_result(x, OVLCP_EVENT_FAILED, OVLCP_OP_CREATE_DIRECTORY, -fd);
	x->t->fd = fd;
	return TARGET_OPEN;
}

/* POSIX leaves open what becomes of a link to nothing; then the file is made where it leads. */
static int do_through(struct existing *x)
{
	int fd = sys_open(x->t->dir_fd, x->t->name, O_WRONLY | O_CREAT,
			  x->q->src->st.st_mode & (S_IRWXU | S_IRWXG | S_IRWXO));

	if (fd < 0)
		return emit_result(x, OVLCP_EVENT_FAILED, OVLCP_OP_CREATE, -fd);
	x->t->fd = fd;
	x->t->created = true;
	return TARGET_OPEN;
}

/* Make it under a name of its own, which then becomes the destination's: never is there none. */
static int do_replace(struct existing *x)
{
	struct target *t = x->t;
	char name[TEMPNAME_SIZE];
	int r;

	tempname(name);
	r = target_create(x->o, x->q, t, name);
	if (r == 0)
		r = sys_rename(t->dir_fd, name, t->name, true);
	if (t->created)
		(void)sys_unlink(t->dir_fd,
				 name); /* there if it failed, or two links were one file */
	if (r < 0)
		return emit_result(x, OVLCP_EVENT_FAILED,
				   plan_create_op(x->q->kind, x->q->src->st.st_mode), -r);
	t->replaced = true;
	return TARGET_OPEN;
}

static int do_done(struct existing *x)
{
	(void)x;
	return TARGET_SKIPPED;
}

static int do_skip(struct existing *x)
{
	bool not_older = x->seen.facts.not_older && x->q->opt->update == OVLCP_UPDATE_OLDER;

	(void)emit_result(x, OVLCP_EVENT_SKIPPED, x->step.refusal, x->step.error);
	return x->step.error ? -x->step.error : not_older ? TARGET_NOT_OLDER : TARGET_SKIPPED;
}

static int do_refuse(struct existing *x)
{
	(void)emit_result(x, OVLCP_EVENT_FAILED, x->step.refusal, x->step.error);
	return x->step.error ? -x->step.error : -EINVAL;
}

static int do_ask(struct existing *x);
static int dry_ask(struct existing *x);

/* In a dry run: all that would change something. To enter a directory, or to find the name of a
   backup, changes nothing. */
static int dry_change(struct existing *x)
{
	return target_dry_run_change(x->o, x->q, x->t, x->step.action);
}

static const struct action {
	int (*carry_out)(struct existing *x);
	int (*dry)(struct existing *x);
	/* whether it changes the destination, which must not be for nothing */
	bool changes;
	/* whether other destinations may be waiting for their data meanwhile */
	bool beside;
} actions[DST_ACTIONS] = {
	[DST_OVERWRITE] = { do_overwrite, dry_change, true, true },
	[DST_MERGE] = { do_merge, do_merge, true },
	[DST_REMOVE] = { do_remove, dry_change, true, true },
	[DST_BACKUP] = { do_backup, dry_change, true },
	[DST_REPLACE] = { do_replace, dry_change, true },
	[DST_THROUGH] = { do_through, dry_change, true },
	[DST_ASIDE] = { do_aside, do_aside, true },
	[DST_ENTER] = { do_enter, do_enter, false, true },
	[DST_DONE] = { do_done, do_done, false, true },
	[DST_SKIP] = { do_skip, do_skip, false, true },
	[DST_ASK] = { do_ask, dry_ask, false },
	[DST_REFUSE] = { do_refuse, do_refuse, false, true },
};

/* Whether it is only the making that is refused: what is wrong anyway comes before that. */
static bool is_refused_as_made(const struct existing *x)
{
	return x->step.action == DST_REFUSE &&
	       (x->step.refusal == OVLCP_OP_DANGLING ||
		x->step.refusal == plan_create_op(x->q->kind, x->q->src->st.st_mode));
}

/* The source is opened before anything changes; not before, as that may mean to wait. */
static void open_source(struct existing *x)
{
	if (target_reads(x->q) && source_open(x->o, x->q->src, SOURCE_DATA) < 0)
		x->t->precondition_err = x->q->src->open_error;
}

/* Whether it may be the source as another filesystem shows it, such as the upper layer of the
   overlay it is on: emptied, it would leave nothing to those who wait. */
static bool may_be_source(const struct existing *x)
{
	const struct stat *src = &x->q->src->st;
	const struct stat *dst = &x->seen.st;

	return dst->st_dev != src->st_dev && dst->st_size == src->st_size &&
	       dst->st_ctim.tv_sec == src->st_ctim.tv_sec &&
	       dst->st_ctim.tv_nsec == src->st_ctim.tv_nsec;
}

/* Whether those who wait for their data are to be completed first: it is one of them, or what is
   to be done might have to do with one. A FIFO may have to be waited for. */
static bool comes_after(const struct existing *x)
{
	const struct inodeset *waiting = x->q->waiting;

	if (!waiting)
		return false;
	return inodeset_has(waiting, &x->seen.st, "") || inodeset_has(waiting, &x->seen.link, "") ||
	       !actions[x->step.action].beside ||
	       (x->step.action == DST_OVERWRITE &&
		(!S_ISREG(x->seen.facts.type) || may_be_source(x)));
}

static int decide(struct existing *x)
{
	const struct action *action;

	x->step = plan_existing(&x->seen.facts, x->q->opt);
	if (comes_after(x))
		return TARGET_BUSY;
	action = &actions[x->step.action];
	if (action->changes)
		open_source(x);
	if (x->t->precondition_err.code && (action->changes || is_refused_as_made(x)))
		return refuse_precondition(x);
	return x->q->is_dry ? action->dry(x) : action->carry_out(x);
}

/* The answer is a fact now, so that the plan does not ask again. */
static int decide_by_answer(struct existing *x, bool yes)
{
	x->seen.facts.may_overwrite = yes ? ANSWER_YES : ANSWER_NO;
	return decide(x);
}

static int do_ask(struct existing *x)
{
	const struct ovlcp_event question = { .src = x->q->src->path,
					      .dst = x->t->path,
					      .mode = x->seen.st.st_mode };

	return decide_by_answer(x, session_ask(x->o, &question));
}

static int dry_ask(struct existing *x)
{
	return decide_by_answer(x, true);
}

int target_settle_existing(struct ovlcp *o, const struct target_request *q, struct target *t)
{
	struct existing x = { .o = o, .q = q, .t = t };
	int r = target_inspect(o, q, t, &x.seen);

	if (r == -ENOENT)
		return t->precondition_err.code ? refuse_precondition(&x) : TARGET_AGAIN;
	if (r < 0)
		return emit_result(&x, OVLCP_EVENT_FAILED, OVLCP_OP_STAT_DESTINATION, -r);
	t->st = x.seen.st; /* for who is left alone */
	return decide(&x);
}
