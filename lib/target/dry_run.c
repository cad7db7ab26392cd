/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A destination in a dry run: what would become of its name, found by looking only.
 *
 * The rules are those of a copy (plan/existing.c); only what would change something ends here. A
 * destination that would be there is "imagined": its descriptor is that of a stage.
 */
#include "target/target.h"

#include "base/fd.h"
#include "plan/existing.h"
#include "plan/file_kind.h"
#include "probe/in_use.h"
#include "session/emit.h"
#include "sys/flags.h"
#include "sys/sys.h"
#include "target/scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

static int tell(struct ovlcp *o, const struct target_request *q, const struct target *t,
		enum ovlcp_event_type type, enum ovlcp_op op, int error)
{
	report(o, &(struct ovlcp_event){ .type = type,
					 .src = q->src->path,
					 .dst = t->path,
					 .error = error,
					 .op = op });
	return -error;
}

/* Fill what is known of a file that is not there. */
static int pretend(struct ovlcp *o, const struct target_request *q, struct target *t, bool created)
{
	const struct stat existing = t->st;
	int r;

	t->would_exist = true;
	t->created = created;
	if (q->kind == KIND_DATA) {
		t->fd = scratch_open(o, t->dir_fd);
		if (t->fd < 0)
			return t->fd;
		t->initial_nocow = scratch_match_nocow(t->fd, t->dir_fd, created ? "." : t->name);
	}
	r = t->fd >= 0 ? sys_fstat(t->fd, &t->st) : sys_stat(t->dir_fd, ".", true, &t->st);
	if (r == 0)
		t->st.st_mode = created ? q->src->st.st_mode : existing.st_mode;
	if (r == 0 && q->kind == KIND_DATA && created)
		t->st.st_mode = S_IFREG | (t->st.st_mode & 07777);
	return r;
}

/* The same name twice in one call: the first one would be there then. */
static int claim(struct ovlcp *o, const struct target_request *q, struct target *t)
{
	bool fan_out = !(q->opt->flags & OVLCP_SAME_CALL);
	struct stat dir;
	int r;

	/* in a tree no name comes twice */
	if (!q->src->from_caller || q->kind == KIND_DIRECTORY)
		return 0;
	r = sys_stat(t->dir_fd, ".", true, &dir);
	if (r == 0 && !inodeset_has(&o->would_exist, &dir, t->name))
		return inodeset_add(&o->would_exist, &dir, t->name);
	if (r < 0)
		return r;
	if (fan_out) {
		(void)tell(o, q, t, OVLCP_EVENT_SKIPPED, OVLCP_OP_DUPLICATE, 0);
		return TARGET_SKIPPED;
	}
	t->precondition_err = (struct err){ EEXIST, OVLCP_OP_JUST_CREATED };
	return -EEXIST;
}

int target_dry_run_create(struct ovlcp *o, const struct target_request *q, struct target *t)
{
	struct stat st;
	int r;

	if (!q->would_exist) {
		r = *t->name ? sys_stat(t->dir_fd, t->name, false, &st) : -ENOENT;
		if (r == 0)
			return -EEXIST;
		if (r != -ENOENT || !*t->name)
			return r;
		r = sys_access_write(t->dir_fd, ".");
		if (r < 0)
			return r;
	}
	if (target_reads(q) && source_open(o, q->src, SOURCE_DATA) < 0) {
		t->precondition_err = q->src->open_error;
		return q->src->opened;
	}
	r = claim(o, q, t);
	return r == 0 ? pretend(o, q, t, true) : r;
}

/* What opening the existing file for writing would answer, without opening it. */
static int may_be_opened(const struct target *t)
{
	int r = sys_access_write(t->dir_fd, t->name);

	if (r == 0 && sys_is_append_only(t->dir_fd, t->name))
		r = -EPERM;
	if (r == 0 && (((t->st.st_mode & 0111) && is_executing(&t->st)) || is_active_swap(&t->st)))
		r = -ETXTBSY;
	return r;
}

static int may_be_removed(const struct target *t)
{
	int r = sys_access_write(t->dir_fd, ".");

	return r == 0 && is_active_swap(&t->st) ? -EPERM : r;
}

int target_dry_run_change(struct ovlcp *o, const struct target_request *q, struct target *t,
			  enum dst_action action)
{
	enum dst_action does = action;
	int r = 0;

	if (does == DST_OVERWRITE) {
		r = may_be_opened(t);
		if (r < 0 && (q->opt->flags & OVLCP_FORCE))
			does = DST_REMOVE;
	}
	if (does != DST_OVERWRITE && does != DST_CREATE_THROUGH_SYMLINK)
		r = may_be_removed(t);
	if (r == 0 && does == DST_BACKUP)
		r = backup_name(t->dir_fd, t->name, q->opt, &t->backup);
	if (r < 0)
		return tell(o, q, t, OVLCP_EVENT_FAILED,
			    does == DST_REMOVE	 ? OVLCP_OP_REMOVE
			    : does == DST_BACKUP ? OVLCP_OP_BACKUP
						 : plan_create_op(q->kind, q->src->st.st_mode),
			    -r);
	if (does == DST_REMOVE)
		(void)tell(o, q, t, OVLCP_EVENT_REMOVED, OVLCP_OP_REMOVE, 0);
	t->replaced = does == DST_REPLACE;
	r = pretend(o, q, t, does != DST_OVERWRITE);
	return r < 0 ? tell(o, q, t, OVLCP_EVENT_FAILED, OVLCP_OP_STAT_DESTINATION, -r)
		     : TARGET_OPEN;
}
