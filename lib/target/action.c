/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Each function carries out one action of plan/existing.h. None decides: where something has
 * changed, the caller inspects or decides again.
 */
#include "target/action.h"

#include "base/fd.h"
#include "base/inodeset.h"
#include "base/path.h"
#include "base/tempname.h"
#include "model/event.h"
#include "model/facts.h"
#include "plan/errclass.h"
#include "plan/existing.h"
#include "plan/file_kind.h"
#include "session/session.h"
#include "source/source.h"
#include "sys/names.h"
#include "sys/status.h"
#include "target/backup.h"
#include "target/create.h"
#include "target/dry_run.h"
#include "target/lower_file.h"
#include "target/staged.h"
#include "target/supersede.h"
#include "target/target.h"
#include "target/temporary.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>

/* Append the last name of the source to the path, and try again in that directory. */
static int do_enter(struct existing *x)
{
	char *inner = path_join_name(x->t->path, x->q->src->path);

	if (!inner)
		return inspected_emit(x, OVLCP_EVENT_FAILED, OVLCP_OP_CREATE, ENOMEM);
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
		return inspected_emit(x, OVLCP_EVENT_FAILED, OVLCP_OP_REMOVE, -r);
	if (r == 0) {
		inodeset_remove(&x->o->created, &x->state.link, x->t->path);
		(void)inspected_emit(x, OVLCP_EVENT_REMOVED, OVLCP_OP_REMOVE, 0);
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

/* How the destination gets the name of its backup: with OVLCP_ATOMIC it keeps its own, too, until
   the new file takes it; a directory has to make room at once. */
static enum backup_way backup_way(const struct existing *x)
{
	if ((x->q->opt->flags & OVLCP_ATOMIC) && x->q->kind != KIND_DIRECTORY)
		return BACKUP_LINK;
	/* a backup that was made just now is not replaced: the name was taken once more since */
	return x->t->backup ? BACKUP_RENAME_NEW : BACKUP_RENAME;
}

/* Whether @name, with @path, is what this call has made. 1, 0 or -errno. */
static int is_made(const struct existing *x, const char *name, const char *path)
{
	struct stat st;
	int r = sys_stat(x->t->dir_fd, name, false, &st);

	if (r < 0)
		return r == -ENOENT ? 0 : r;
	return (x->q->made && inodeset_has(x->q->made, &st, "")) ||
	       inodeset_has(&x->o->created, &st, path);
}

/* Refuse a backup that would replace what this call has made. 0; or -errno, which was emitted. */
static int check_backup(struct existing *x)
{
	CLEANUP_FREE char *name = NULL;
	CLEANUP_FREE char *path = NULL;
	int r;

	if (x->q->opt->backup == OVLCP_BACKUP_NUMBERED || (!x->q->made && !x->o->created.head))
		return 0;
	r = backup_name(x->t->dir_fd, x->t->name, x->q->opt, &name);
	path = r == 0 ? path_sibling(x->t->path, name) : NULL;
	if (r == 0)
		r = path ? is_made(x, name, path) : -ENOMEM;
	if (r < 0)
		return inspected_emit(x, OVLCP_EVENT_FAILED, OVLCP_OP_BACKUP, -r);
	return r > 0 ? event_emit_error(x->q->events, OVLCP_EVENT_FAILED, x->t->path, path,
					&(struct err){ EEXIST, OVLCP_OP_JUST_CREATED })
		     : 0;
}

/* Make a backup of the destination, and try to create it again, or go on in its place. */
static int do_backup(struct existing *x)
{
	CLEANUP_FREE char *backup = NULL;
	uint64_t copied_up = old_copy_up_bytes(x, false);
	const enum backup_way way = backup_way(x);
	int r = check_backup(x);

	if (r < 0)
		return r;
	r = backup_make(x->t->dir_fd, x->t->name, x->q->opt, way, &backup);
	if (r < 0 && r != -ENOENT)
		return inspected_emit(x, OVLCP_EVENT_FAILED, OVLCP_OP_BACKUP, -r);
	if (r < 0)
		return TARGET_AGAIN;
	free(x->t->backup);
	x->t->backup = TAKE_PTR(backup);
	x->t->backup_is_link = x->state.facts.backed_up = way == BACKUP_LINK;
	x->t->old_copied_up += copied_up;
	return way == BACKUP_LINK ? TARGET_DECIDE : TARGET_AGAIN;
}

/* Give the copy itself the name of a backup, and try to create that. */
static int do_as_backup(struct existing *x)
{
	CLEANUP_FREE char *backup = NULL;
	int r = backup_name(x->t->dir_fd, x->t->name, x->q->opt, &backup);
	char *path = r == 0 ? path_sibling(x->t->path, backup) : NULL;

	if (!path)
		return inspected_emit(x, OVLCP_EVENT_FAILED, OVLCP_OP_BACKUP, r < 0 ? -r : ENOMEM);
	free(x->t->name);
	free(x->t->path);
	x->t->name = TAKE_PTR(backup);
	x->t->path = path;
	x->t->as_backup = true;
	return TARGET_AGAIN;
}

/* Whether the destination, which could not be opened because of @error, gives way to a new file. */
static bool may_force(const struct existing *x, int error)
{
	return (x->q->opt->flags & OVLCP_FORCE) && plan_may_remove(error);
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
	CLEANUP_FD int held = inspected_hold(x);
	int fd = held < 0 ? held : inspected_reopen(x, held, flags | (regular ? O_RDWR : O_WRONLY));

	/* not readable, or not both: its filesystem cannot be probed for clones, but bytes can be
	   written */
	if (fd < 0 && plan_may_write_only(-fd) && regular && held >= 0)
		fd = inspected_reopen(x, held, flags | O_WRONLY);
	if (fd == -ENOENT || (held < 0 && (fd == -ESTALE || fd == -ELOOP)))
		return TARGET_AGAIN;
	if (fd < 0 && may_force(x, -fd))
		return do_remove(x);
	if (fd < 0)
		return inspected_emit(x, OVLCP_EVENT_FAILED, OVLCP_OP_CREATE, -fd);
	x->t->fd = fd;
	x->t->old_copied_up += copied_up;
	return TARGET_OPEN;
}

/* Create the file that will take the place of the destination, with its attributes. */
static int do_supersede(struct existing *x)
{
	int r = supersede_prepare(x);

	if (r == -EXDEV) /* such as /dev/stdout: that file is open, and means itself */
		return do_overwrite(x);
	if (r == -ENOENT || r == -ESTALE || r == -ELOOP)
		return TARGET_AGAIN;
	if (r < 0 && !may_force(x, -r))
		return inspected_emit(x, OVLCP_EVENT_FAILED, OVLCP_OP_CREATE, -r);
	r = supersede_create(x);
	if (r == TARGET_OPEN && x->t->superseded)
		x->t->created = false;
	return r;
}

/* Open the existing directory, to copy into it. */
static int do_merge(struct existing *x)
{
	CLEANUP_FD int held = inspected_hold(x);
	int fd = held < 0 ? held : inspected_reopen(x, held, O_RDONLY | O_DIRECTORY);

	if (fd == -EACCES && held >= 0) /* search permission only */
		fd = TAKE_FD(held);
	if (fd == -ENOENT || fd == -ELOOP || fd == -ENOTDIR || fd == -ESTALE)
		return TARGET_AGAIN;
	if (fd < 0)
		return inspected_emit(x, OVLCP_EVENT_FAILED, OVLCP_OP_CREATE_DIRECTORY, -fd);
	x->t->fd = fd;
	return TARGET_OPEN;
}

/* Create the file that a dangling symbolic link leads to, with OVLCP_CREATE_THROUGH_SYMLINK; POSIX
   leaves the behaviour open. */
static int do_through(struct existing *x)
{
	int r = inspected_follow(x);

	if (r == -EXDEV)
		return TARGET_AGAIN; /* it leads to a file by now */
	if (r == 0)
		r = target_create(x->o, x->q, x->t, x->t->name);
	return r < 0 ? inspected_emit(x, OVLCP_EVENT_FAILED, OVLCP_OP_CREATE, -r) : TARGET_OPEN;
}

/* Create it under a temporary name and rename it, so that the name exists at every moment. */
static int do_replace(struct existing *x)
{
	struct target *t = x->t;
	char name[TEMPNAME_SIZE];
	bool is_made;
	int r;

	if (staged_is_wanted(x->q))
		return supersede_create(x);
	tempname(name);
	r = target_create(x->o, x->q, t, name);
	is_made = r == 0;
	if (is_made)
		r = sys_rename(t->dir_fd, name, t->name, true);
	/* the name is left if rename failed; or did nothing, because both names are one file; or if
	   it could not be opened after it was made */
	if (is_made && r < 0)
		temporary_remove(t, name);
	else if (r != -EEXIST)
		(void)sys_unlink(t->dir_fd, name); /* mostly ENOENT */
	if (r < 0)
		return inspected_emit(x, OVLCP_EVENT_FAILED,
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

	(void)inspected_emit(x, OVLCP_EVENT_SKIPPED, x->step.refusal, x->step.error);
	return x->step.error ? -x->step.error : not_older ? TARGET_NOT_OLDER : TARGET_SKIPPED;
}

/* Fail with the refusal of the plan. */
static int do_refuse(struct existing *x)
{
	(void)inspected_emit(x, OVLCP_EVENT_FAILED, x->step.refusal, x->step.error);
	return x->step.error ? -x->step.error : -EINVAL;
}

/* Dry run of an action that changes something. Entering a directory and choosing the name of a
   backup change nothing, so they are carried out. */
static int dry_change(struct existing *x)
{
	return target_dry_run_change(x->o, x->q, x->t, x->step.action);
}

/* Record the answer as a fact, so that the plan does not ask again. */
static int decide_by_answer(struct existing *x, bool yes)
{
	x->state.facts.may_overwrite = yes ? ANSWER_YES : ANSWER_NO;
	return TARGET_DECIDE;
}

static int do_ask(struct existing *x)
{
	const struct ovlcp_event question = { .id = x->q->events->id,
					      .src = x->q->src->path,
					      .dst = x->t->path,
					      .mode = x->state.st.st_mode };

	return decide_by_answer(x, session_ask(x->o, &question));
}

static int dry_ask(struct existing *x)
{
	return decide_by_answer(x, true);
}

const struct action target_actions[DST_ACTIONS] = {
	[DST_OVERWRITE] = { do_overwrite, dry_change, true, true },
	[DST_MERGE] = { do_merge, do_merge, true },
	[DST_REMOVE] = { do_remove, dry_change, true, true },
	[DST_BACKUP] = { do_backup, dry_change, true },
	[DST_REPLACE] = { do_replace, dry_change, true },
	[DST_SUPERSEDE] = { do_supersede, dry_change, true, true },
	[DST_CREATE_THROUGH_SYMLINK] = { do_through, dry_change, true },
	[DST_AS_BACKUP] = { do_as_backup, do_as_backup, true },
	[DST_ENTER] = { do_enter, do_enter, false, true },
	[DST_DONE] = { do_done, do_done, false, true },
	[DST_SKIP] = { do_skip, do_skip, false, true },
	[DST_ASK] = { do_ask, dry_ask, false },
	[DST_REFUSE] = { do_refuse, do_refuse, false, true },
};
