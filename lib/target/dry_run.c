/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The dry run of a destination.
 *
 * The decisions are those of a copy (plan/existing.c); only the actions that change something are
 * replaced by the functions here. A destination that would exist gets the descriptor of a scratch
 * file.
 */
#include "target/dry_run.h"

#include "attr/attr.h"
#include "base/fd.h"
#include "model/event.h"
#include "model/plan.h"
#include "plan/existing.h"
#include "plan/file_kind.h"
#include "probe/in_use.h"
#include "session/session.h"
#include "source/source.h"
#include "sys/descriptor.h"
#include "sys/flags.h"
#include "sys/status.h"
#include "target/backup.h"
#include "target/beneath.h"
#include "target/create.h"
#include "target/lower_file.h"
#include "target/removable.h"
#include "target/scratch.h"
#include "target/taken.h"
#include "target/target.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

/* Whether @fd, a file of the directory @dir_fd, is mounted there. */
static bool is_mounted_file(int dir_fd, int fd)
{
	uint64_t dir_mount;
	uint64_t mount;

	return sys_mount_id(dir_fd, &dir_mount) == 0 && sys_mount_id(fd, &mount) == 0 &&
	       dir_mount != mount;
}

/*
 * Open a scratch file on the filesystem of the existing file, or of the one that the symbolic link
 * would create: neither has to be that of the name. A file that is mounted, or that a link of /proc
 * leads to, has no directory; a scratch file is then in the root directory of its filesystem, or
 * t->fd is the file itself, O_PATH. 0, or -errno.
 */
static int open_behind(struct ovlcp *o, const struct target_request *q, struct target *t)
{
	CLEANUP_FD int file = -EBADF;
	CLEANUP_FD int fd = -EBADF;
	struct beneath b;
	int refusal;
	int r = beneath_follow(t->dir_fd, t->name, q->top, &b);
	/* -ENOENT: the call would have created it */
	const int dir_fd = r == -ENOENT ? t->dir_fd : b.dir_fd;

	if (r == -EXDEV)
		r = file = sys_open(t->dir_fd, t->name, O_PATH, 0);
	else if (r == 0 && b.fd >= 0 && is_mounted_file(b.dir_fd, b.fd))
		file = TAKE_FD(b.fd);
	if (file >= 0)
		fd = scratch_open_in_root(o, file);
	else if (r == 0 || r == -ENOENT)
		r = fd = scratch_open(o, dir_fd, &refusal);
	if (r >= 0)
		t->fd = fd >= 0 ? TAKE_FD(fd) : TAKE_FD(file);
	if (r >= 0)
		t->initial_nocow = scratch_match_nocow(t->fd, dir_fd, b.fd >= 0 ? b.name : ".");
	beneath_done(&b);
	return r < 0 ? r : 0;
}

/* Open a scratch file for a new file of the name. 0, or -errno. @ret_refusal: as scratch_open. */
static int open_new(struct ovlcp *o, struct target *t, int *ret_refusal)
{
	t->fd = scratch_open(o, t->dir_fd, ret_refusal);
	if (t->fd < 0)
		return t->fd;
	t->initial_nocow = scratch_match_nocow(t->fd, t->dir_fd, ".");
	return 0;
}

/* Fill @t, whose scratch file is open, for a file that would exist. @created: it would be a new
   file; otherwise the existing one, truncated. 0, or -errno. */
static int fill_would_exist(struct ovlcp *o, const struct target_request *q, struct target *t,
			    bool created)
{
	const struct stat existing = t->st;
	int r;

	t->would_exist = true;
	t->created = created;
	r = t->fd >= 0 ? sys_fstat(t->fd, &t->st) : sys_stat(t->dir_fd, ".", true, &t->st);
	if (r == 0)
		t->st.st_mode = created ? q->src->st.st_mode : existing.st_mode;
	if (r == 0 && q->kind == KIND_DATA && created)
		t->st.st_mode = S_IFREG | (attr_create_mode(&q->src->st, q->kind, q->opt,
							    target_owner_stays(o, q)) &
					   ~session_umask(o) & 07777);
	return r;
}

/* Check what would refuse a hard link to the source. 0; or -errno, with t->precondition_err set. */
static int check_link(struct ovlcp *o, const struct target_request *q, struct target *t)
{
	int r = target_check_link(o, q, t);

	if (r == 0)
		r = target_check_mounts(q, t);
	/* once, for the first of its links */
	if (q->src->link_copies_up)
		t->link_copied_up = 0;
	q->src->link_copies_up = q->src->link_copies_up || t->link_copied_up;
	return r;
}

int target_dry_run_create(struct ovlcp *o, const struct target_request *q, struct target *t)
{
	struct stat st;
	int refusal = 0;
	int r = taken_has(o, q, t);

	if (q->kind == KIND_SYMLINK_TO)
		target_check_source(o, q, t);
	if (t->precondition_err.code)
		return -t->precondition_err.code;
	if (r != 0)
		return r < 0 ? r : -EEXIST;
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
	r = q->kind == KIND_LINK ? check_link(o, q, t) : 0;
	if (r < 0)
		return r;
	if (q->kind == KIND_DATA)
		r = open_new(o, t, &refusal);
	if (refusal < 0)
		return refusal;
	if (r == 0)
		r = fill_would_exist(o, q, t, true);
	if (r == 0)
		r = taken_add(o, q, t);
	/* no errno of the scratch file says that the name is taken */
	if (r < 0)
		t->precondition_err = (struct err){ -r, OVLCP_OP_STAT_DESTINATION };
	return r;
}

/* Check whether the existing file could be opened for writing. 0, or the -errno of open. */
static int check_overwrite(const struct target *t)
{
	int r = sys_access_write(t->dir_fd, t->name);

	if (r == 0 && sys_is_append_only(t->dir_fd, t->name))
		r = -EPERM;
	if (r == 0 && (((t->st.st_mode & 0111) && is_executing(&t->st)) || is_active_swap(&t->st)))
		r = -ETXTBSY;
	return r;
}

/* Check whether the name could be removed or renamed; with @follow, what it leads to if it is a
   symbolic link, as far as that is known. 0, or -errno. */
static int check_remove(const struct target *t, bool follow)
{
	struct stat st;
	int r = sys_access_write(t->dir_fd, ".");

	if (r == 0)
		r = sys_stat(t->dir_fd, t->name, false, &st);
	if (r == -ENOENT)
		return 0; /* the call would have created it */
	if (r == 0 && !(follow && S_ISLNK(st.st_mode)))
		r = removable_check(t->dir_fd, t->name);
	return r == 0 && is_active_swap(&t->st) ? -EPERM : r;
}

/* Bytes that overlayfs would copy up of the existing file. @opens: for an open for writing. */
static uint64_t dry_copy_up_bytes(struct ovlcp *o, const struct target *t, bool opens)
{
	const struct lower_file_question q = { t->dir_fd, t->name, opens, opens };

	return lower_file_effect(o, &q).bytes;
}

/* Check what a copy does with the existing file first, and fill t->backup and t->old_copied_up.
   @effective: the action, which becomes that of -f. 0, or -errno. */
static int check_existing(struct ovlcp *o, const struct target_request *q, struct target *t,
			  enum dst_action *effective)
{
	const bool forces = q->opt->flags & OVLCP_FORCE;
	bool is_kept = false;
	int r = 0;

	if (*effective == DST_SUPERSEDE && !forces)
		r = sys_access_write(t->dir_fd, t->name);
	if (*effective == DST_OVERWRITE) {
		r = check_overwrite(t);
		if (r < 0 && forces) {
			*effective = DST_REMOVE;
			r = 0;
		}
		is_kept = *effective == DST_OVERWRITE && (q->opt->flags & OVLCP_ATTRIBUTES_ONLY);
	}
	if (r == 0 && *effective != DST_OVERWRITE && *effective != DST_CREATE_THROUGH_SYMLINK)
		r = check_remove(t, *effective == DST_SUPERSEDE);
	if (r == 0 && (*effective == DST_BACKUP || is_kept))
		t->old_copied_up = dry_copy_up_bytes(o, t, is_kept);
	if (r == 0 && *effective == DST_BACKUP)
		r = backup_name(t->dir_fd, t->name, q->opt, &t->backup);
	return r;
}

/* What has failed if check_existing has. */
static enum ovlcp_op existing_op(const struct target_request *q, enum dst_action effective)
{
	return effective == DST_REMOVE	 ? OVLCP_OP_REMOVE
	       : effective == DST_BACKUP ? OVLCP_OP_BACKUP
					 : plan_create_op(q->kind, q->src->st.st_mode);
}

/* Take the name, and fill @t for what it leads to after @effective. 0, or -errno. */
static int open_changed(struct ovlcp *o, const struct target_request *q, struct target *t,
			enum dst_action effective)
{
	const bool stays = effective == DST_OVERWRITE || effective == DST_SUPERSEDE;
	const bool may_be_elsewhere =
		stays ? S_ISREG(t->st.st_mode) : effective == DST_CREATE_THROUGH_SYMLINK;
	int unused; /* what is removed before may leave room */
	int r = effective == DST_OVERWRITE ? taken_add_file(o, t) : 0;

	if (r == 0)
		r = taken_add(o, q, t);
	if (r == 0 && q->kind == KIND_DATA)
		r = may_be_elsewhere ? open_behind(o, q, t) : open_new(o, t, &unused);
	return r < 0 ? r : fill_would_exist(o, q, t, !stays);
}

int target_dry_run_change(struct ovlcp *o, const struct target_request *q, struct target *t,
			  enum dst_action action)
{
	enum dst_action effective = action;
	int r = q->kind == KIND_LINK ? check_link(o, q, t) : 0;

	if (r < 0)
		return target_emit(t, q, OVLCP_EVENT_FAILED, t->precondition_err.op, -r);
	r = check_existing(o, q, t, &effective);
	if (r < 0)
		return target_emit(t, q, OVLCP_EVENT_FAILED, existing_op(q, effective), -r);
	if (effective == DST_REMOVE)
		(void)target_emit(t, q, OVLCP_EVENT_REMOVED, OVLCP_OP_REMOVE, 0);
	t->replaced = effective == DST_REPLACE || effective == DST_SUPERSEDE;
	r = open_changed(o, q, t, effective);
	return r < 0 ? target_emit(t, q, OVLCP_EVENT_FAILED, OVLCP_OP_STAT_DESTINATION, -r)
		     : TARGET_OPEN;
}
