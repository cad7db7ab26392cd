/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Opening a destination: made first, looked at only if its name is taken.
 *
 * Everything is done relative to the directory's descriptor with a single name, so that a
 * directory that is moved or replaced meanwhile leads nothing astray.
 */
#include "target/target.h"

#include "attr/attr.h"
#include "base/fd.h"
#include "base/path.h"
#include "exec/create.h"
#include "plan/file_kind.h"
#include "session/emit.h"
#include "sys/attrs.h"
#include "sys/descriptor.h"
#include "sys/names.h"
#include "sys/status.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

/* Entering a directory and removing a file take one each; the rest is for files that come and
   go meanwhile. Who meets more of those is at war with somebody. */
#define TRIES 8

static int tell(struct ovlcp *o, const struct target_request *q, const struct target *t, int r,
		enum ovlcp_op op)
{
	const struct ovlcp_event e = {
		.type = OVLCP_EVENT_FAILED,
		.src = q->src->path,
		.dst = t->path,
		.other = q->earlier ? q->earlier->path : NULL,
		.error = -r,
		.op = op,
	};

	report(o, &e);
	return r == -EINTR && is_cancelled(o) ? -ECANCELED : r;
}

/* Open the directory and keep the name, both parts of the path of @t. */
static int locate(struct ovlcp *o, const struct target_request *q, struct target *t)
{
	struct path_parts p = path_split(t->path);

	t->must_be_dir = !q->name && p.must_be_dir;
	t->named_len = q->name ? q->named_len : p.dir_len;
	t->dir_fd = q->name ? q->at_fd : session_parent_fd(o, q->at_fd, t->path, p.dir_len);
	if (t->dir_fd < 0 && t->dir_fd != AT_FDCWD)
		return t->dir_fd;
	t->inherits = q->name ? q->inherits : true;
	if (t->as_backup)
		return 0;
	free(t->name);
	/* "" and "/" have no name: let the kernel say what it thinks of them */
	if (q->name)
		t->name = strdup(q->name);
	else
		t->name = p.name_len ? strndup(t->path + p.dir_len, p.name_len) : strdup(t->path);
	return t->name ? 0 : -ENOMEM;
}

/* "dir/" for a source that goes into it: there is nothing to look at first. */
static int enter_at_once(const struct target_request *q, struct target *t)
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

/* A link with a relative text is of use in the directory that the text is relative to only. */
static int check_relative(const struct target_request *q, const struct target *t)
{
	struct stat here;
	struct stat there;

	if (*q->src->path == '/' || sys_stat(q->base_fd, ".", true, &here) < 0 ||
	    sys_stat(t->dir_fd, ".", true, &there) < 0 || inode_same(&here, &there))
		return 0;
	return -EINVAL;
}

/* What has to be known before a copy of the source can be made. Fills @m. 0; or -errno, and
   t->precondition_err. */
static int prepare(struct ovlcp *o, const struct target_request *q, struct target *t,
		   struct exec_create_args *m, char **ret_text)
{
	struct source *src = q->src;
	int r = 0;

	switch (q->kind) {
	case KIND_DATA:
		r = target_reads(q) ? source_open(o, src, SOURCE_DATA) : 0;
		t->precondition_err = src->open_error;
		break;
	case KIND_SYMLINK:
		r = exec_read_link(src->at_fd, src->name, ret_text);
		t->precondition_err = (struct err){ -r, OVLCP_OP_READ_LINK };
		m->text = *ret_text;
		break;
	case KIND_SYMLINK_TO:
		r = check_relative(q, t);
		t->precondition_err = (struct err){ -r, OVLCP_OP_RELATIVE_SYMLINK };
		m->text = src->path;
		break;
	case KIND_LINK:
		m->from_fd = src->at_fd;
		m->from = src->name;
		m->follow = src->follow;
		break;
	case KIND_DIRECTORY:
	case KIND_SPECIAL:
	case KIND_LINK_TO_COPY:
	case KIND_COUNT:
		break;
	}
	return r;
}

/* Another link of an earlier destination, which must still be the file that was made. */
static int make_join(const struct target_request *q, struct target *t, const char *name)
{
	struct exec_create_args m = { .kind = KIND_LINK_TO_COPY,
				      .follow = q->earlier->via_symlink };
	bool follow = q->opt->flags & OVLCP_KEEP_DIRECTORY_SYMLINK;
	CLEANUP_FD int from_fd = hardlink_open_parent(q->base_fd, q->earlier, follow, &m.from);
	struct stat st;
	int r;

	m.from_fd = from_fd;
	r = from_fd < 0 ? from_fd : exec_create(t->dir_fd, name, &m, &t->fd);
	if (r == 0)
		r = sys_stat(t->dir_fd, name, false, &st);
	if (r == 0 && (st.st_dev != q->earlier->dev || st.st_ino != q->earlier->ino)) {
		(void)sys_unlink(t->dir_fd, name); /* a link that we made, to another file */
		r = -ESTALE;
	}
	return r;
}

/* Whether the new file gets owner and group of the source by being made, and later a mode of its
   own: then it need not be narrower until it has them. */
static bool owner_stays(const struct ovlcp *o, const struct target_request *q)
{
	return (q->opt->preserve & OVLCP_PRESERVE_MODE) && q->group_stays && !q->inherits &&
	       q->src->st.st_uid == o->uid && q->src->st.st_gid == o->gid;
}

int target_make(struct ovlcp *o, const struct target_request *q, struct target *t, const char *name)
{
	CLEANUP_FREE char *text = NULL;
	struct exec_create_args m = {
		.kind = q->kind,
		.mode = attr_create_mode(&q->src->st, q->kind, q->opt, owner_stays(o, q)),
		.rdev = q->src->st.st_rdev,
	};
	int r = prepare(o, q, t, &m, &text);

	if (r < 0)
		return r;
	if (q->kind == KIND_LINK_TO_COPY)
		r = make_join(q, t, name);
	else
		r = exec_create(t->dir_fd, name, &m, &t->fd);
	t->created = r == 0;
	t->mode = m.mode;
	return r;
}

static int create(struct ovlcp *o, const struct target_request *q, struct target *t)
{
	CLEANUP_FREE char *text = NULL;
	struct exec_create_args m = { .kind = q->kind };
	struct stat st;

	/* "name/" is no name for a file, but the directory it names may be entered */
	if (t->must_be_dir && q->kind != KIND_DIRECTORY) {
		int r = sys_stat(t->dir_fd, t->name, true, &st);

		if (r == 0 && S_ISDIR(st.st_mode))
			return -EEXIST;
		if (r == 0 || r != -ENOENT)
			t->precondition_err =
				(struct err){ r == 0 ? ENOTDIR : -r, OVLCP_OP_STAT_DESTINATION };
		else
			(void)prepare(o, q, t, &m, &text); /* what is wrong anyway comes first */
		return -ENOTDIR;
	}
	/* a FIFO makes who opens it wait, for nothing if the copy is not made in the end */
	if (q->opt->flags & OVLCP_DRY_RUN)
		return target_dry_run_create(o, q, t);
	if (q->kind == KIND_DATA && !S_ISREG(q->src->st.st_mode)) {
		int r = sys_stat(t->dir_fd, t->name, false, &st);

		if (r != -ENOENT)
			return r < 0 ? r : -EEXIST;
	}
	return target_make(o, q, t, t->name);
}

static int open_once(struct ovlcp *o, const struct target_request *q, struct target *t)
{
	int r = enter_at_once(q, t);

	if (r == 0)
		r = locate(o, q, t);
	if (r < 0 && r != -ENOENT && r != -ENOMEM)
		return tell(o, q, t, r, OVLCP_OP_STAT_DESTINATION);
	if (r == -ENOENT && target_reads(q) && source_open(o, q->src, SOURCE_DATA) < 0)
		return tell(o, q, t, -q->src->open_error.code, q->src->open_error.op);
	if (r == 0)
		r = create(o, q, t);
	if (r == 0 || r == TARGET_SKIPPED)
		return r;
	if (t->precondition_err.op == OVLCP_OP_STAT_DESTINATION)
		return tell(o, q, t, -t->precondition_err.code, t->precondition_err.op);
	/* a source that cannot be opened matters only if it is copied; EISDIR: "." and "..",
	   which always exist; EACCES: perhaps it cannot even be looked at */
	if (r == -EEXIST || r == -EISDIR || t->precondition_err.code ||
	    (r == -EACCES && t->name && sys_stat(t->dir_fd, t->name, false, &t->st) == -EACCES))
		return existing_settle(o, q, t);
	return tell(o, q, t, r, plan_create_op(q->kind, q->src->st.st_mode));
}

/* What is being filled must be open to its maker, whatever mode it will have. */
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
 * Whether a new file can only look like the others that were made on its filesystem. Its inode
 * number stays 0 then: nobody needs it unless the copy fails.
 */
static bool can_predict_stat(struct ovlcp *o, const struct target_request *q, struct target *t)
{
	if (!q->alone || t->inherits || t->kind != KIND_DATA || !t->created || !owner_stays(o, q) ||
	    !o->predicted.is_known || o->predicted.dir_dev != q->dir_dev)
		return false;
	t->st = (struct stat){ .st_dev = o->predicted.file_dev,
			       .st_mode = S_IFREG | (t->mode & ~session_umask(o)),
			       .st_nlink = 1,
			       .st_uid = o->uid,
			       .st_gid = o->gid };
	return true;
}

/* Whether new files there are what was asked for, which some filesystems do not care about. */
static void learn(struct ovlcp *o, const struct target_request *q, const struct target *t)
{
	if (!q->alone || t->inherits || t->kind != KIND_DATA || !t->created || !owner_stays(o, q))
		return;
	o->predicted.is_known = t->st.st_uid == o->uid && t->st.st_gid == o->gid &&
				(t->st.st_mode & 07777) == (t->mode & ~session_umask(o));
	o->predicted.dir_dev = q->dir_dev;
	o->predicted.file_dev = t->st.st_dev;
}

/* See what there is now. */
static int look(struct ovlcp *o, const struct target_request *q, struct target *t)
{
	int r = can_predict_stat(o, q, t) ? 0
		: t->fd >= 0		  ? sys_fstat(t->fd, &t->st)
					  : sys_stat(t->dir_fd, t->name, false, &t->st);

	if (r < 0) {
		(void)tell(o, q, t, r, OVLCP_OP_STAT_DESTINATION);
		if (t->created && t->kind == KIND_DATA)
			(void)sys_unlink(t->dir_fd, t->name); /* made a moment ago, by O_EXCL */
		return r;
	}
	learn(o, q, t);
	r = widen_mode(q, t);
	return r < 0 ? tell(o, q, t, r, OVLCP_OP_CHMOD) : 0;
}

void target_done(struct target *t)
{
	fd_drop(&t->fd);
	if (t->owns_dir)
		fd_drop(&t->dir_fd);
	free(t->name);
	free(t->path);
	free(t->backup);
	*t = (struct target){ .fd = -EBADF };
}

int target_open(struct ovlcp *o, const struct target_request *q, struct target *ret_t)
{
	struct target t = { .kind = q->kind, .fd = -EBADF, .path = strdup(q->path) };
	int r = TARGET_AGAIN;

	if (!t.path)
		return event_emit_error(o, OVLCP_EVENT_FAILED, q->src->path, q->path,
					&(struct err){ ENOMEM, OVLCP_OP_CREATE });
	for (int i = 0; r == TARGET_AGAIN && i < TRIES; i++)
		r = open_once(o, q, &t);
	if (r == TARGET_AGAIN)
		r = tell(o, q, &t, -EEXIST, plan_create_op(q->kind, q->src->st.st_mode));
	if (r == TARGET_OPEN && !t.would_exist)
		r = look(o, q, &t);
	if (r == TARGET_OPEN || r == TARGET_NOT_OLDER)
		*ret_t = t;
	else if (r < 0)
		target_undo(o, &t, q->src->path);
	else
		target_done(&t);
	return r;
}

int target_own_dir_fd(struct target *t)
{
	int fd = t->dir_fd == AT_FDCWD ? AT_FDCWD : sys_dup(t->dir_fd);

	if (fd == AT_FDCWD)
		return 0;
	if (fd < 0)
		return fd;
	t->dir_fd = fd;
	t->owns_dir = true;
	return 0;
}

int target_close(struct target *t)
{
	return sys_close(TAKE_FD(t->fd));
}

/* What was set aside gets its name again. */
static void restore_backup(struct ovlcp *o, struct target *t, const char *src)
{
	CLEANUP_FREE char *path = NULL;
	int r = sys_rename(t->dir_fd, t->backup, t->name, true);

	if (r < 0) {
		(void)event_emit_error(o, OVLCP_EVENT_FAILED, src, t->path,
				       &(struct err){ -r, OVLCP_OP_UNDO_BACKUP });
		return;
	}
	path = path_sibling(t->path, t->backup);
	report(o,
	       &(struct ovlcp_event){
		       .type = OVLCP_EVENT_RESTORED, .src = src, .dst = t->path, .other = path });
}

void target_undo(struct ovlcp *o, struct target *t, const char *src)
{
	struct stat now;

	if (t->would_exist) {
		target_done(t);
		return;
	}
	if (t->created && t->st.st_ino == 0 && t->fd >= 0)
		(void)sys_fstat(t->fd, &t->st); /* nothing is removed if it fails */
	/* somebody may have given the name to another file meanwhile: that one is not ours */
	if ((t->created || t->emptied) && t->kind == KIND_DATA && t->name &&
	    sys_stat(t->dir_fd, t->name, false, &now) == 0 && inode_same(&now, &t->st))
		(void)sys_unlink(t->dir_fd, t->name); /* the failure itself was told */
	if (t->backup)
		restore_backup(o, t, src);
	target_done(t);
}
