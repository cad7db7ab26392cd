/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A destination that exists: looked at (look.c), decided about (plan/existing.c), dealt with here.
 */
#include "target/inspect.h"

#include "base/fd.h"
#include "base/path.h"
#include "base/tempname.h"
#include "exec/create.h"
#include "plan/existing.h"
#include "plan/file_kind.h"
#include "session/emit.h"
#include "sys/sys.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

/* One existing destination on its way through this file. */
struct existing {
	struct ovlcp *o;
	const struct target_request *q;
	struct target *t;
	struct seen seen;
	struct dst_step step;
};

static bool is_dry(const struct existing *x)
{
	return x->q->opt->flags & OVLCP_DRY_RUN;
}

static int tell(struct existing *x, enum ovlcp_event_type type, enum ovlcp_op op, int error)
{
	const struct copied_dest *e = x->q->earlier;
	const struct ovlcp_event event = {
		.type = type,
		.src = x->q->src->path,
		.dst = x->t->path,
		.other = e && op == OVLCP_OP_CREATE_LINK_TO_COPY ? e->path : NULL,
		.error = error,
		.op = op,
	};

	report(x->o, &event);
	return -error;
}

/* What is wrong anyway counts only here: an existing destination may be left alone. */
static int refuse_unsound(struct existing *x)
{
	return tell(x, OVLCP_EVENT_FAILED, x->t->precondition_err.op, x->t->precondition_err.code);
}

static int do_enter(struct existing *x)
{
	char *inner = path_join_name(x->t->path, x->q->src->path);

	if (!inner)
		return tell(x, OVLCP_EVENT_FAILED, OVLCP_OP_CREATE, ENOMEM);
	free(x->t->path);
	x->t->path = inner;
	x->t->in_dir = true;
	return TARGET_AGAIN;
}

static int do_remove(struct existing *x)
{
	int r = sys_unlink(x->t->dir_fd, x->t->name);

	if (r < 0 && r != -ENOENT)
		return tell(x, OVLCP_EVENT_FAILED, OVLCP_OP_REMOVE, -r);
	if (r == 0) {
		inodeset_remove(&x->o->created, &x->seen.link, x->t->path);
		(void)tell(x, OVLCP_EVENT_REMOVED, OVLCP_OP_REMOVE, 0);
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
		return tell(x, OVLCP_EVENT_FAILED, OVLCP_OP_BACKUP, -r);
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
		return tell(x, OVLCP_EVENT_FAILED, OVLCP_OP_BACKUP, r < 0 ? -r : ENOMEM);
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
		return tell(x, OVLCP_EVENT_FAILED, OVLCP_OP_CREATE, -fd);
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
		return tell(x, OVLCP_EVENT_FAILED, OVLCP_OP_CREATE_DIRECTORY, -fd);
	x->t->fd = fd;
	return TARGET_OPEN;
}

/* POSIX leaves open what becomes of a link to nothing; then the file is made where it leads. */
static int do_through(struct existing *x)
{
	int fd = sys_open(x->t->dir_fd, x->t->name, O_WRONLY | O_CREAT,
			  x->q->src->st.st_mode & (S_IRWXU | S_IRWXG | S_IRWXO));

	if (fd < 0)
		return tell(x, OVLCP_EVENT_FAILED, OVLCP_OP_CREATE, -fd);
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
	r = target_make(x->o, x->q, t, name);
	if (r == 0)
		r = sys_rename(t->dir_fd, name, t->name, true);
	if (t->created)
		(void)sys_unlink(t->dir_fd,
				 name); /* there if it failed, or two links were one file */
	if (r < 0)
		return tell(x, OVLCP_EVENT_FAILED,
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

	(void)tell(x, OVLCP_EVENT_SKIPPED, x->step.refusal, x->step.error);
	return x->step.error ? -x->step.error : not_older ? TARGET_NOT_OLDER : TARGET_SKIPPED;
}

static int do_refuse(struct existing *x)
{
	(void)tell(x, OVLCP_EVENT_FAILED, x->step.refusal, x->step.error);
	return x->step.error ? -x->step.error : -EINVAL;
}

static int do_ask(struct existing *x);

static const struct {
	int (*run)(struct existing *x);
	/* whether it changes the destination, which must not be for nothing */
	bool changes;
	/* whether others may be waiting for their data meanwhile */
	bool beside;
} carry_out[DST_ACTIONS] = {
	[DST_OVERWRITE] = { do_overwrite, true, true },
	[DST_MERGE] = { do_merge, true },
	[DST_REMOVE] = { do_remove, true, true },
	[DST_BACKUP] = { do_backup, true },
	[DST_REPLACE] = { do_replace, true },
	[DST_CREATE_THROUGH_SYMLINK] = { do_through, true },
	[DST_AS_BACKUP] = { do_aside, true },
	[DST_ENTER] = { do_enter, false, true },
	[DST_DONE] = { do_done, false, true },
	[DST_SKIP] = { do_skip, false, true },
	[DST_ASK] = { do_ask, false },
	[DST_REFUSE] = { do_refuse, false, true },
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
	       !carry_out[x->step.action].beside ||
	       (x->step.action == DST_OVERWRITE &&
		(!S_ISREG(x->seen.facts.type) || may_be_source(x)));
}

static int decide(struct existing *x)
{
	x->step = plan_existing(&x->seen.facts, x->q->opt);
	if (comes_after(x))
		return TARGET_BUSY;
	if (carry_out[x->step.action].changes)
		open_source(x);
	if (x->t->precondition_err.code &&
	    (carry_out[x->step.action].changes || is_refused_as_made(x)))
		return refuse_unsound(x);
	/* to go into a directory, or to think of a name, changes nothing */
	if (is_dry(x) && carry_out[x->step.action].changes && x->step.action != DST_MERGE &&
	    x->step.action != DST_AS_BACKUP)
		return target_dry_run_change(x->o, x->q, x->t, x->step.action);
	return carry_out[x->step.action].run(x);
}

static int do_ask(struct existing *x)
{
	const struct ovlcp_event question = { .src = x->q->src->path,
					      .dst = x->t->path,
					      .mode = x->seen.st.st_mode };

	bool yes = is_dry(x) || event_ask(x->o, &question);

	x->seen.facts.may_overwrite = yes ? ANSWER_YES : ANSWER_NO;
	return decide(x); /* the answer is a fact now: it does not ask again */
}

int existing_settle(struct ovlcp *o, const struct target_request *q, struct target *t)
{
	struct existing x = { .o = o, .q = q, .t = t };
	int r = look_at_existing(o, q, t, &x.seen);

	if (r == -ENOENT)
		return t->precondition_err.code ? refuse_unsound(&x) : TARGET_AGAIN;
	if (r < 0)
		return tell(&x, OVLCP_EVENT_FAILED, OVLCP_OP_STAT_DESTINATION, -r);
	t->st = x.seen.st; /* for who is left alone */
	return decide(&x);
}
