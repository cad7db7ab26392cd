/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Creates a destination of each kind: reads what the kind needs from the source, then makes one
 * exclusive call.
 */
#include "target/create.h"

#include "attr/attr.h"
#include "base/fd.h"
#include "base/inodeset.h"
#include "exec/create.h"
#include "model/event.h"
#include "model/plan.h"
#include "session/session.h"
#include "source/source.h"
#include "sys/names.h"
#include "sys/status.h"
#include "target/hardlink.h"
#include "target/target.h"

#include <errno.h>

/* Refuse a symbolic link to a relative path unless both directories are the same: the path would
   lead elsewhere. 0, or -EINVAL. */
static int check_relative(const struct target_request *q, const struct target *t)
{
	struct stat base;
	struct stat parent;

	if (*q->src->path == '/' || sys_stat(q->base_fd, ".", true, &base) < 0 ||
	    sys_stat(t->dir_fd, ".", true, &parent) < 0 || inode_same(&base, &parent))
		return 0;
	return -EINVAL;
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
		break;
	case KIND_DIRECTORY:
	case KIND_SPECIAL:
	case KIND_LINK_TO_COPY:
	case KIND_COUNT:
		break;
	}
	return r;
}

/* Create a hard link to an earlier destination, which must still be the file that was created. */
static int create_link_to_copy(const struct target_request *q, struct target *t, const char *name)
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
		(void)sys_unlink(t->dir_fd, name); /* this new link leads to another file */
		r = -ESTALE;
	}
	return r;
}

bool target_owner_stays(const struct ovlcp *o, const struct target_request *q)
{
	return (q->opt->preserve & OVLCP_PRESERVE_MODE) && q->group_stays && !q->inherits &&
	       q->src->st.st_uid == o->uid && q->src->st.st_gid == o->gid;
}

int target_create(struct ovlcp *o, const struct target_request *q, struct target *t,
		  const char *name)
{
	CLEANUP_FREE char *text = NULL;
	struct exec_create_args m = {
		.kind = q->kind,
		.mode = attr_create_mode(&q->src->st, q->kind, q->opt, target_owner_stays(o, q)),
		.rdev = q->src->st.st_rdev,
	};
	int r = read_source(o, q, t, &m, &text);

	if (r < 0)
		return r;
	if (q->kind == KIND_LINK_TO_COPY)
		r = create_link_to_copy(q, t, name);
	else
		r = exec_create(t->dir_fd, name, &m, &t->fd);
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
