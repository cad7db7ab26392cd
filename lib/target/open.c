/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Opens a destination: tries to create it first, and inspects it only if its name is taken.
 *
 * Every call uses the descriptor of the parent directory and a single name, so that a directory
 * that is moved or replaced meanwhile cannot redirect it.
 */
#include "target/open.h"

#include "attr/attr.h"
#include "base/fd.h"
#include "base/path.h"
#include "model/event.h"
#include "model/plan.h"
#include "plan/file_kind.h"
#include "session/emit.h"
#include "session/session.h"
#include "source/source.h"
#include "sys/attrs.h"
#include "sys/names.h"
#include "sys/status.h"
#include "target/create.h"
#include "target/dry_run.h"
#include "target/existing.h"
#include "target/staged.h"
#include "target/target.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

/* Maximum number of attempts. Entering a directory and removing a file take one each; the rest are
   for races with a concurrent writer. */
#define TRIES 8

static int emit_failure(const struct target_request *q, const struct target *t, int r,
			enum ovlcp_op op)
{
	return target_emit(t, q, OVLCP_EVENT_FAILED, op, -r);
}

/* Open the parent directory and set the name, both from the path of @t. 0, or -errno; those of an
   earlier attempt stay then, by which a backup gets its name back. */
static int open_parent(struct ovlcp *o, const struct target_request *q, struct target *t)
{
	struct path_parts p = path_split(t->path);
	int dir_fd = q->name ? q->at_fd : session_parent_fd(o, q->at_fd, t->path, p.dir_len);
	char *name;

	t->must_be_dir = !q->name && p.must_be_dir;
	t->named_len = q->name ? q->named_len : p.dir_len;
	if (dir_fd < 0 && dir_fd != AT_FDCWD)
		return dir_fd;
	t->dir_fd = dir_fd;
	t->inherits = q->name ? q->inherits : true;
	if (t->as_backup)
		return 0;
	/* "" and "/" have no name: use them as they are, the kernel returns the right error */
	if (q->name)
		name = strdup(q->name);
	else
		name = p.name_len ? strndup(t->path + p.dir_len, p.name_len) : strdup(t->path);
	if (!name)
		return -ENOMEM;
	free(t->name);
	t->name = name;
	return 0;
}

/* Enter "dir/" without stat: the slash means that the source goes into it. 0, or -ENOMEM. */
static int enter_named_dir(const struct target_request *q, struct target *t)
{
	struct path_parts p = path_split(t->path);
	char *inner;

	if (q->name || t->in_dir || !(q->opt->flags & OVLCP_INTO_DIRECTORY) ||
	    (!p.must_be_dir && p.name_len > 0) || !*t->path)
		return 0;
	inner = path_join_name(t->path, q->src->path);
	if (!inner)
		return -ENOMEM;
	free(t->path);
	t->path = inner;
	t->in_dir = true;
	return 0;
}

/* Try to create the destination, or do the dry run of that. An enum target_result, or -errno. */
static int try_create(struct ovlcp *o, const struct target_request *q, struct target *t)
{
	struct stat st;

	/* "name/" cannot be the name of a file, but it may be a directory to enter */
	if (t->must_be_dir && q->kind != KIND_DIRECTORY) {
		int r = sys_stat(t->dir_fd, t->name, true, &st);

		if (r == 0 && S_ISDIR(st.st_mode))
			return -EEXIST;
		if (r != -ENOENT)
			t->precondition_err =
				(struct err){ r == 0 ? ENOTDIR : -r, OVLCP_OP_STAT_DESTINATION };
		else
			target_check_source(o, q, t); /* errors of the source come first */
		/* as cp says it: what the kernel says to link() and others is what was missing */
		return q->kind == KIND_DATA ? -ENOTDIR : -ENOENT;
	}
	if (q->is_dry)
		return target_dry_run_create(o, q, t);
	/* opening a FIFO waits, for nothing if the name is taken; and what gets its name later
	   does not find out by itself: check that first */
	if (staged_is_wanted(q) || (q->kind == KIND_DATA && !S_ISREG(q->src->st.st_mode))) {
		int r = sys_stat(t->dir_fd, t->name, false, &st);

		if (r != -ENOENT)
			return r < 0 ? r : -EEXIST;
	}
	return target_create(o, q, t, t->name);
}

/* One attempt to open the destination. An enum target_result, or -errno. */
static int try_open(struct ovlcp *o, const struct target_request *q, struct target *t)
{
	int r = enter_named_dir(q, t);

	if (r == 0)
		r = open_parent(o, q, t);
	if (r < 0 && r != -ENOENT && r != -ENOMEM)
		return emit_failure(q, t, r, OVLCP_OP_STAT_DESTINATION);
	if (r == -ENOENT && target_reads(q) && source_open(o, q->src, SOURCE_DATA) < 0)
		return emit_failure(q, t, -q->src->open_error.code, q->src->open_error.op);
	if (r == 0)
		r = try_create(o, q, t);
	if (r == 0 || r == TARGET_SKIPPED)
		return r;
	if (t->precondition_err.op == OVLCP_OP_STAT_DESTINATION)
		return emit_failure(q, t, -t->precondition_err.code, t->precondition_err.op);
	/* a precondition error matters only if the destination is not skipped; EISDIR: "." and
	   "..", which always exist; EACCES: perhaps stat fails too */
	if (r == -EEXIST || r == -EISDIR || t->precondition_err.code ||
	    (r == -EACCES && t->name && sys_stat(t->dir_fd, t->name, false, &t->st) == -EACCES))
		return target_settle_existing(o, q, t);
	return emit_failure(q, t, r, plan_create_op(q->kind, q->src->st.st_mode));
}

/* Give a new file the permissions that filling it needs; its final mode is set later. */
static int widen_mode(const struct target_request *q, struct target *t)
{
	mode_t missing = attr_fill_mode(t->kind, q->opt) & ~t->st.st_mode;
	int r;

	if (!t->created || !missing)
		return 0;
	r = sys_chmod(t->fd, (t->st.st_mode & 07777) | missing);
	if (r < 0)
		return r;
	t->st.st_mode |= missing;
	t->temporary = missing;
	return 0;
}

/*
 * Return whether the stat of a new file can be predicted from other new files on its filesystem,
 * and fill t->st. Its st_ino is 0 then: it is needed only if the copy fails.
 */
static bool can_predict_stat(struct ovlcp *o, const struct target_request *q, struct target *t)
{
	if (!q->is_only_dest || t->inherits || t->kind != KIND_DATA || !t->created ||
	    t->staged.is_active || !target_owner_stays(o, q) || !o->predicted.is_known ||
	    o->predicted.dir_dev != q->dir_dev)
		return false;
	t->st = (struct stat){ .st_dev = o->predicted.file_dev,
			       .st_mode = S_IFREG | (t->mode & ~session_umask(o)),
			       .st_nlink = 1,
			       .st_uid = o->uid,
			       .st_gid = o->gid };
	return true;
}

/* Learn whether new files get the owner and the mode that were asked for; some filesystems ignore
   them. */
static void update_prediction(struct ovlcp *o, const struct target_request *q,
			      const struct target *t)
{
	if (!q->is_only_dest || t->inherits || t->kind != KIND_DATA || !t->created ||
	    t->staged.is_active || !target_owner_stays(o, q))
		return;
	o->predicted.is_known = t->st.st_uid == o->uid && t->st.st_gid == o->gid &&
				(t->st.st_mode & 07777) == (t->mode & ~session_umask(o));
	o->predicted.dir_dev = q->dir_dev;
	o->predicted.file_dev = t->st.st_dev;
}

/* Fill t->st, by prediction or stat, and widen the mode. 0; or -errno, which was emitted. */
static int stat_opened(struct ovlcp *o, const struct target_request *q, struct target *t)
{
	int r = can_predict_stat(o, q, t) ? 0
		: t->fd >= 0		  ? sys_fstat(t->fd, &t->st)
					  : sys_stat(t->dir_fd, t->name, false, &t->st);

	if (r < 0) {
		(void)emit_failure(q, t, r, OVLCP_OP_STAT_DESTINATION);
		if (t->created && t->kind == KIND_DATA && !t->staged.is_active)
			(void)sys_unlink(t->dir_fd, t->name); /* just created with O_EXCL */
		return r;
	}
	update_prediction(o, q, t);
	r = widen_mode(q, t);
	return r < 0 ? emit_failure(q, t, r, OVLCP_OP_CHMOD) : 0;
}

int target_open(struct ovlcp *o, const struct target_request *q, struct target *ret_t)
{
	struct target t = {
		.events = q->events,
		.id = q->events->id,
		.is_dry = q->is_dry,
		.kind = q->kind,
		.fd = -EBADF,
		.path = strdup(q->path),
	};
	int r = TARGET_AGAIN;

	if (!t.path)
		return event_emit_error(q->events, OVLCP_EVENT_FAILED, q->src->path, q->path,
					&(struct err){ ENOMEM, OVLCP_OP_CREATE });
	for (int i = 0; r == TARGET_AGAIN && i < TRIES; i++)
		r = try_open(o, q, &t);
	if (r == TARGET_AGAIN)
		r = emit_failure(q, &t, -EEXIST, plan_create_op(q->kind, q->src->st.st_mode));
	if (r == TARGET_OPEN && !t.would_exist)
		r = stat_opened(o, q, &t);
	if (r == TARGET_OPEN || r == TARGET_NOT_OLDER)
		*ret_t = t;
	else if (r < 0)
		target_undo(&t, q->src->path);
	else
		target_done(&t);
	return r;
}
