/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Creates a destination of each kind: reads what the kind needs from the source, then makes one
 * exclusive call.
 */
#include "target/create.h"

#include "attr/attr.h"
#include "base/fd.h"
#include "exec/create.h"
#include "model/event.h"
#include "model/plan.h"
#include "plan/errclass.h"
#include "probe/identity.h"
#include "session/session.h"
#include "source/source.h"
#include "sys/descriptor.h"
#include "sys/names.h"
#include "sys/status.h"
#include "target/hardlink.h"
#include "target/lower_file.h"
#include "target/new_directory.h"
#include "target/staged.h"
#include "target/target.h"

#include <errno.h>
#include <fcntl.h>

/* Refuse a symbolic link to a relative path unless both directories are the same: the path would
   lead elsewhere. 0, or -EINVAL. */
static int check_relative(const struct target_request *q, const struct target *t)
{
	const struct identity_file base = { q->base_fd, ".", true };
	const struct identity_file parent = { t->dir_fd, ".", true };
	int r = *q->src->path == '/' ? 1 : q->would_exist ? 0 : identity_same(&base, &parent);

	return r == 0 ? -EINVAL : r < 0 ? r : 0;
}

/* Return whether the source and the directory of the destination are known to be on two mounts. */
static bool is_on_two_mounts(const struct target_request *q, const struct target *t)
{
	const struct source *src = q->src;
	CLEANUP_FD int fd =
		sys_open(src->at_fd, src->name, O_PATH | (src->follow ? 0 : O_NOFOLLOW), 0);
	uint64_t from;
	uint64_t to;

	return fd >= 0 && sys_mount_id(fd, &from) == 0 && sys_mount_id(t->dir_fd, &to) == 0 &&
	       from != to;
}

int target_check_mounts(const struct target_request *q, struct target *t)
{
	if (!is_on_two_mounts(q, t))
		return 0;
	t->link_copied_up = 0;
	t->precondition_err = (struct err){ EXDEV, OVLCP_OP_CREATE_LINK };
	return -EXDEV;
}

int target_check_link(struct ovlcp *o, const struct target_request *q, struct target *t)
{
	const struct source *src = q->src;
	const struct lower_file_question question = { src->at_fd, src->name, src->follow, false };
	struct lower_file_effect effect;

	if (!S_ISREG(src->st.st_mode) || src->st.st_dev == o->plain_dev)
		return 0;
	effect = lower_file_effect(o, &question);
	if (effect.is_plain)
		o->plain_dev = src->st.st_dev;
	/* the link is refused before anything is copied up: link(2), EXDEV */
	if ((effect.bytes || effect.splits_links) && is_on_two_mounts(q, t))
		return 0;
	t->link_copied_up = effect.bytes;
	if (!effect.splits_links)
		return 0;
	t->precondition_err = (struct err){ EPERM, OVLCP_OP_LINK_SPLITS };
	return -EPERM;
}

/* Read from the source what creating the destination needs, and fill @m. 0; or -errno with
   t->precondition_err set. @ret_text: to be freed by the caller. */
static int read_source(struct ovlcp *o, const struct target_request *q, struct target *t,
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
		r = target_check_link(o, q, t);
		break;
	case KIND_DIRECTORY:
	case KIND_SPECIAL:
	case KIND_LINK_TO_COPY:
	case KIND_COUNT:
		break;
	}
	return r;
}

/* Create a hard link to an earlier destination, which must still be the file that was created. It
   is linked by descriptor, so that it cannot be exchanged meanwhile; and the new name is not
   compared with it, as some filesystems number every name. */
static int create_link_to_copy(const struct target_request *q, struct target *t, const char *name)
{
	bool follow = q->opt->flags & OVLCP_KEEP_DIRECTORY_SYMLINK;
	CLEANUP_FD int fd = hardlink_open(q->base_fd, q->earlier, follow, O_PATH);

	return fd < 0 ? fd : sys_link_fd(fd, t->dir_fd, name);
}

bool target_owner_stays(const struct ovlcp *o, const struct target_request *q)
{
	return (q->opt->preserve & OVLCP_PRESERVE_MODE) && q->group_stays && !q->inherits &&
	       q->src->st.st_uid == o->uid && q->src->st.st_gid == o->gid;
}

/* Create the file @m under @name, or without it until it is complete. 0, or -errno. */
static int create_file(const struct target_request *q, struct target *t, const char *name,
		       const struct exec_create_args *m)
{
	return staged_is_wanted(q) ? staged_create(q, t, m)
				   : exec_create(t->dir_fd, name, m, &t->fd);
}

int target_create(struct ovlcp *o, const struct target_request *q, struct target *t,
		  const char *name)
{
	CLEANUP_FREE char *text = NULL;
	struct exec_create_args m = { .kind = q->kind };
	int r = read_source(o, q, t, &m, &text);

	if (r < 0)
		return r;
	/* as the source was when it was opened: it may have been closed to others since it was
	   looked at, and then been filled */
	m.mode = attr_create_mode(&q->src->st, q->kind, q->opt, target_owner_stays(o, q));
	m.rdev = q->src->st.st_rdev;
	if (t->superseded)
		m.mode = S_IRUSR | S_IWUSR; /* until it has the attributes of that file */
	if (q->kind == KIND_LINK_TO_COPY)
		r = create_link_to_copy(q, t, name);
	else
		r = create_file(q, t, name, &m);
	if (r < 0 && q->kind == KIND_DATA && plan_may_write_only(-r)) {
		m.write_only = true;
		r = create_file(q, t, name, &m);
	}
	if (r == 0 && q->kind == KIND_DIRECTORY) {
		r = new_directory_check(t->dir_fd, t->fd, m.mode);
		if (r < 0) {
			fd_drop(&t->fd);
			t->fd = -EBADF; /* target_undo closes it, if it is open */
		}
	}
	t->created = r == 0;
	t->mode = m.mode;
	return r;
}

void target_check_source(struct ovlcp *o, const struct target_request *q, struct target *t)
{
	CLEANUP_FREE char *text = NULL;
	struct exec_create_args m = { .kind = q->kind };

	(void)read_source(o, q, t, &m, &text); /* the error is in t->precondition_err */
}
