/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A destination that exists: inspect.c collects the facts, plan/existing.c decides, this file
 * carries out the action.
 */
#include "target/existing.h"
#include "sys/status.h"

#include "base/fd.h"
#include "base/inodeset.h"
#include "base/path.h"
#include "base/tempname.h"
#include "exec/create.h"
#include "model/event.h"
#include "model/facts.h"
#include "plan/errclass.h"
#include "plan/existing.h"
#include "plan/file_kind.h"
#include "probe/same_inode.h"
#include "session/session.h"
#include "source/lower_file.h"
#include "source/source.h"
#include "sys/descriptor.h"
#include "sys/names.h"
#include "target/backup.h"
#include "target/beneath.h"
#include "target/create.h"
#include "target/dry_run.h"
#include "target/inspect.h"
#include "target/target.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

/* An existing destination, and the step that was decided. */
struct existing {
	struct ovlcp *o;
	const struct target_request *q;
	struct target *t;
	struct existing_state state;
	struct dst_step step;
};

static int emit_result(struct existing *x, enum ovlcp_event_type type, enum ovlcp_op op, int error)
{
	return target_emit(x->t, x->q, type, op, error);
}

/* Emit the precondition error, which matters now: the destination is not skipped. */
static int refuse_precondition(struct existing *x)
{
	return emit_result(x, OVLCP_EVENT_FAILED, x->t->precondition_err.op,
			   x->t->precondition_err.code);
}

/* Append the last name of the source to the path, and try again in that directory. */
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

/* Remove the destination, and try to create it again. */
static int do_remove(struct existing *x)
{
	int r = sys_unlink(x->t->dir_fd, x->t->name);

	if (r < 0 && r != -ENOENT)
		return emit_result(x, OVLCP_EVENT_FAILED, OVLCP_OP_REMOVE, -r);
	if (r == 0) {
		inodeset_remove(&x->o->created, &x->state.link, x->t->path);
		(void)emit_result(x, OVLCP_EVENT_REMOVED, OVLCP_OP_REMOVE, 0);
	}
	return TARGET_AGAIN;
}

/* Bytes that overlayfs copies up of the destination when it is renamed, or opened for writing. */
static uint64_t old_copy_up_bytes(struct existing *x, bool opens)
{
	const struct lower_file_question q = { x->t->dir_fd, x->t->name, opens, opens };
	const dev_t dev = opens ? x->state.st.st_dev : x->state.link.st_dev;
	struct lower_file_effect effect;

	if (!S_ISREG(x->state.facts.type) || dev == x->o->plain_dev)
		return 0;
	effect = lower_file_effect(x->o, &q);
	if (effect.is_plain)
		x->o->plain_dev = dev;
	return effect.bytes;
}

/* Rename the destination to a backup, and try to create it again. */
static int do_backup(struct existing *x)
{
	CLEANUP_FREE char *backup = NULL;
	uint64_t copied_up = old_copy_up_bytes(x, false);
	/* a backup that was made just now is not replaced: the name was taken once more since */
	int r = backup_rename(x->t->dir_fd, x->t->name, x->q->opt, !x->t->backup, &backup);

	if (r < 0 && r != -ENOENT)
		return emit_result(x, OVLCP_EVENT_FAILED, OVLCP_OP_BACKUP, -r);
	if (r == 0) {
		free(x->t->backup);
		x->t->backup = TAKE_PTR(backup);
		x->t->old_copied_up += copied_up;
	}
	return TARGET_AGAIN;
}

/* Give the copy itself the name of a backup, and try to create that. */
static int do_as_backup(struct existing *x)
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

/* Flags for the name: what was not a symbolic link when it was inspected is not followed now. */
static int nofollow_flag(const struct existing *x)
{
	return x->q->top && !S_ISLNK(x->state.link.st_mode) ? O_NOFOLLOW : 0;
}

/* Whether the destination is a symbolic link in a tree, which must not lead out of it. One to a
   directory is followed only if the caller says that the destination is to be trusted with that
   (OVLCP_KEEP_DIRECTORY_SYMLINK). */
static bool is_link_in_tree(const struct existing *x)
{
	return x->q->top && S_ISLNK(x->state.link.st_mode) && x->step.action != DST_MERGE;
}

/* Open what the symbolic link in a tree leads to, O_PATH. A descriptor that the caller owns;
   -ESTALE if it does not lead where it did when it was inspected; or -errno. */
static int open_linked(const struct existing *x)
{
	struct beneath b;
	int r = beneath_follow(x->t->dir_fd, x->t->name, x->q->top, &b);
	int fd = r < 0 ? r : TAKE_FD(b.fd);

	beneath_done(&b);
	return fd == -EPERM || fd == -EXDEV ? -ESTALE : fd;
}

/*
 * Hold the destination by O_PATH, if it still is the file that was inspected: what is opened
 * through that descriptor cannot be exchanged for another. Returns an fd, owned by the caller;
 * -ESTALE if it is another file by now; or -errno.
 */
static int hold(const struct existing *x)
{
	CLEANUP_FD int fd = is_link_in_tree(x) ? open_linked(x)
					       : sys_open(x->t->dir_fd, x->t->name,
							  O_PATH | nofollow_flag(x), 0);
	struct stat st;
	int r = fd < 0 ? fd : sys_fstat(fd, &st);

	if (r == 0 && !inode_same(&st, &x->state.st))
		r = -ESTALE;
	return r < 0 ? r : TAKE_FD(fd);
}

static int reopen(const struct existing *x, int held, int flags)
{
	int fd = sys_reopen(held, flags);

	/* without /proc by name, but not through a link that may have been exchanged */
	return fd == -ENOENT && !is_link_in_tree(x)
		       ? sys_open(x->t->dir_fd, x->t->name, flags | nofollow_flag(x), 0)
		       : fd;
}

/* Open the destination for writing, and truncate it if data is copied. */
static int do_overwrite(struct existing *x)
{
	const struct target_request *q = x->q;
	/* a FIFO opened with O_RDWR would accept the data without a reader, and drop it */
	bool regular = S_ISREG(x->state.facts.type);
	/* O_TRUNC in the open: otherwise an overlay copies up the old data first (measured) */
	int flags = q->opt->flags & OVLCP_ATTRIBUTES_ONLY ? 0 : O_TRUNC;
	uint64_t copied_up = flags & O_TRUNC ? 0 : old_copy_up_bytes(x, true);
	CLEANUP_FD int held = hold(x);
	int fd = held < 0 ? held : reopen(x, held, flags | (regular ? O_RDWR : O_WRONLY));

	/* not readable, or not both: its filesystem cannot be probed for clones, but bytes can be
	   written */
	if (fd < 0 && plan_may_write_only(-fd) && regular && held >= 0)
		fd = reopen(x, held, flags | O_WRONLY);
	if (fd == -ENOENT || (held < 0 && (fd == -ESTALE || fd == -ELOOP)))
		return TARGET_AGAIN;
	if (fd < 0 && (q->opt->flags & OVLCP_FORCE))
		return do_remove(x);
	if (fd < 0)
		return emit_result(x, OVLCP_EVENT_FAILED, OVLCP_OP_CREATE, -fd);
	x->t->fd = fd;
	x->t->old_copied_up += copied_up;
	return TARGET_OPEN;
}

/* Open the existing directory, to copy into it. */
static int do_merge(struct existing *x)
{
	CLEANUP_FD int held = hold(x);
	int fd = held < 0 ? held : reopen(x, held, O_RDONLY | O_DIRECTORY);

	if (fd == -EACCES && held >= 0) /* search permission only */
		fd = TAKE_FD(held);
	if (fd == -ENOENT || fd == -ELOOP || fd == -ENOTDIR || fd == -ESTALE)
		return TARGET_AGAIN;
	if (fd < 0)
		return emit_result(x, OVLCP_EVENT_FAILED, OVLCP_OP_CREATE_DIRECTORY, -fd);
	x->t->fd = fd;
	return TARGET_OPEN;
}

/* Create the file that the dangling link in a tree leads to. A descriptor, or -errno as
   open_linked. */
static int create_linked(const struct existing *x, mode_t mode)
{
	struct beneath b;
	int r = beneath_follow(x->t->dir_fd, x->t->name, x->q->top, &b);

	if (r == 0)
		r = sys_open(b.dir_fd, b.name, O_WRONLY | O_CREAT | O_EXCL, mode);
	beneath_done(&b);
	return r == -EPERM || r == -EXDEV ? -ESTALE : r;
}

/* Create the file that a dangling symbolic link points to, with OVLCP_CREATE_THROUGH_SYMLINK; POSIX
   leaves the behaviour open. */
static int do_through(struct existing *x)
{
	const mode_t mode = x->q->src->st.st_mode & (S_IRWXU | S_IRWXG | S_IRWXO);
	int fd = is_link_in_tree(x) ? create_linked(x, mode)
				    : sys_open(x->t->dir_fd, x->t->name, O_WRONLY | O_CREAT, mode);

	if (fd == -EEXIST || fd == -ESTALE)
		return TARGET_AGAIN;
	if (fd < 0)
		return emit_result(x, OVLCP_EVENT_FAILED, OVLCP_OP_CREATE, -fd);
	x->t->fd = fd;
	x->t->created = true;
	return TARGET_OPEN;
}

/* Create it under a temporary name and rename it, so that the name exists at every moment. */
static int do_replace(struct existing *x)
{
	struct target *t = x->t;
	char name[TEMPNAME_SIZE];
	bool is_taken;
	int r;

	tempname(name);
	r = target_create(x->o, x->q, t, name);
	is_taken = r == -EEXIST;
	if (r == 0)
		r = sys_rename(t->dir_fd, name, t->name, true);
	/* the name is left if it could not be opened after it was made, if rename failed, or did
	   nothing because both names are one file */
	if (!is_taken)
		(void)sys_unlink(t->dir_fd, name); /* mostly ENOENT */
	if (r < 0)
		return emit_result(x, OVLCP_EVENT_FAILED,
				   plan_create_op(x->q->kind, x->q->src->st.st_mode), -r);
	t->replaced = true;
	return TARGET_OPEN;
}

/* The destination is already what the copy would make of it. */
static int do_done(struct existing *x)
{
	(void)x;
	return TARGET_SKIPPED;
}

/* Leave the destination as it is, and emit that. */
static int do_skip(struct existing *x)
{
	bool not_older = x->state.facts.not_older && x->q->opt->update == OVLCP_UPDATE_OLDER;

	(void)emit_result(x, OVLCP_EVENT_SKIPPED, x->step.refusal, x->step.error);
	return x->step.error ? -x->step.error : not_older ? TARGET_NOT_OLDER : TARGET_SKIPPED;
}

/* Fail with the refusal of the plan. */
static int do_refuse(struct existing *x)
{
	(void)emit_result(x, OVLCP_EVENT_FAILED, x->step.refusal, x->step.error);
	return x->step.error ? -x->step.error : -EINVAL;
}

static int do_ask(struct existing *x);
static int dry_ask(struct existing *x);

/* Dry run of an action that changes something. Entering a directory and choosing the name of a
   backup change nothing, so they are carried out. */
static int dry_change(struct existing *x)
{
	return target_dry_run_change(x->o, x->q, x->t, x->step.action);
}

/* For each action of the plan: its implementation, and that of a dry run. */
static const struct action {
	int (*carry_out)(struct existing *x);
	int (*dry)(struct existing *x);
	/* true if it changes the destination, so that precondition errors must be found before */
	bool changes;
	/* true if destinations that have no data yet may stay in the queue meanwhile */
	bool is_independent;
} actions[DST_ACTIONS] = {
	[DST_OVERWRITE] = { do_overwrite, dry_change, true, true },
	[DST_MERGE] = { do_merge, do_merge, true },
	[DST_REMOVE] = { do_remove, dry_change, true, true },
	[DST_BACKUP] = { do_backup, dry_change, true },
	[DST_REPLACE] = { do_replace, dry_change, true },
	[DST_CREATE_THROUGH_SYMLINK] = { do_through, dry_change, true },
	[DST_AS_BACKUP] = { do_as_backup, do_as_backup, true },
	[DST_ENTER] = { do_enter, do_enter, false, true },
	[DST_DONE] = { do_done, do_done, false, true },
	[DST_SKIP] = { do_skip, do_skip, false, true },
	[DST_ASK] = { do_ask, dry_ask, false },
	[DST_REFUSE] = { do_refuse, do_refuse, false, true },
};

/* Return whether the only objection is that the name is taken. Errors of the source are emitted
   instead of that. */
static bool is_only_name_taken(const struct existing *x)
{
	return x->step.action == DST_REFUSE &&
	       (x->step.refusal == OVLCP_OP_DANGLING ||
		x->step.refusal == plan_create_op(x->q->kind, x->q->src->st.st_mode));
}

/* Open the source before the destination changes; not earlier, because a FIFO would wait. */
static void open_source(struct existing *x)
{
	if (target_reads(x->q) && source_open(x->o, x->q->src, SOURCE_DATA) < 0)
		x->t->precondition_err = x->q->src->open_error;
}

/* Return whether the destination may be the source seen through another filesystem, such as the
   upper layer of its overlay. If it were truncated, the queued destinations would get no data. */
static bool may_be_source(const struct existing *x)
{
	const struct stat *src = &x->q->src->st;
	const struct stat *dst = &x->state.st;

	return dst->st_dev != src->st_dev && dst->st_size == src->st_size &&
	       dst->st_ctim.tv_sec == src->st_ctim.tv_sec &&
	       dst->st_ctim.tv_nsec == src->st_ctim.tv_nsec;
}

/* Return whether the queued destinations, which have no data yet, must be completed first: this
   destination is one of them, or the action may affect one, or it may wait at a FIFO. */
static bool must_flush_queue(const struct existing *x)
{
	const struct inodeset *waiting = x->q->waiting;

	if (!waiting)
		return false;
	return inodeset_has(waiting, &x->state.st, "") ||
	       inodeset_has(waiting, &x->state.link, "") ||
	       !actions[x->step.action].is_independent ||
	       (x->step.action == DST_OVERWRITE &&
		(!S_ISREG(x->state.facts.type) || may_be_source(x)));
}

/* Fail because source and destination are one file. */
static int refuse_same_file(struct existing *x)
{
	(void)emit_result(x, OVLCP_EVENT_FAILED, OVLCP_OP_SAME_FILE, 0);
	return -EINVAL;
}

/*
 * Whether truncating the destination would empty the source, because an overlay shows the one as
 * the other: they have different numbers then. 1, 0 or -errno.
 */
static int is_view_of_source(const struct existing *x)
{
	const struct source *src = x->q->src;
	CLEANUP_FD int fd = -EBADF;

	if (x->step.action != DST_OVERWRITE || (x->q->opt->flags & OVLCP_ATTRIBUTES_ONLY) ||
	    src->fd < 0 || !src->regular || !S_ISREG(x->state.facts.type) ||
	    src->st.st_dev == x->state.st.st_dev || src->st.st_size != x->state.st.st_size)
		return 0;
	fd = sys_open(x->t->dir_fd, x->t->name, O_RDONLY | O_NONBLOCK | nofollow_flag(x), 0);
	if (fd == -ENOENT || fd == -ELOOP)
		return 0; /* it has gone: found again when it is opened */
	/* what cannot be read is compared by what was seen of it */
	return fd < 0 ? may_be_source(x) : same_inode_is_view(src->fd, &src->st, fd, &x->state.st);
}

/* Let the plan decide, and carry out its action. */
static int decide(struct existing *x)
{
	const struct action *action;
	int r;

	x->step = plan_existing(&x->state.facts, x->q->opt);
	if (must_flush_queue(x))
		return TARGET_BUSY;
	action = &actions[x->step.action];
	if (action->changes)
		open_source(x);
	if (x->t->precondition_err.code && (action->changes || is_only_name_taken(x)))
		return refuse_precondition(x);
	r = is_view_of_source(x);
	if (r < 0)
		return emit_result(x, OVLCP_EVENT_FAILED, OVLCP_OP_STAT_DESTINATION, -r);
	if (r > 0)
		return refuse_same_file(x);
	return x->q->is_dry ? action->dry(x) : action->carry_out(x);
}

/* Record the answer as a fact, so that the plan does not ask again, and decide. */
static int decide_by_answer(struct existing *x, bool yes)
{
	x->state.facts.may_overwrite = yes ? ANSWER_YES : ANSWER_NO;
	return decide(x);
}

static int do_ask(struct existing *x)
{
	const struct ovlcp_event question = { .src = x->q->src->path,
					      .dst = x->t->path,
					      .mode = x->state.st.st_mode };

	return decide_by_answer(x, session_ask(x->o, &question));
}

static int dry_ask(struct existing *x)
{
	return decide_by_answer(x, true);
}

int target_settle_existing(struct ovlcp *o, const struct target_request *q, struct target *t)
{
	struct existing x = { .o = o, .q = q, .t = t };
	int r = target_inspect(o, q, t, &x.state);

	if (r == -ENOENT)
		return t->precondition_err.code ? refuse_precondition(&x) : TARGET_AGAIN;
	if (r < 0)
		return emit_result(&x, OVLCP_EVENT_FAILED, OVLCP_OP_STAT_DESTINATION, -r);
	t->st = x.state.st; /* for callers that get TARGET_NOT_OLDER */
	return decide(&x);
}
