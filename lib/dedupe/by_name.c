/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Looks for each file of the source under its name at the destination.
 *
 * Only the source is walked through. A destination is reached from its top by names, no one of
 * which is followed if it is a symbolic link.
 */
#include "dedupe/by_name.h"

#include "base/fd.h"
#include "base/path.h"
#include "base/pathbuf.h"
#include "dedupe/walk.h"
#include "sys/descriptor.h"
#include "sys/status.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

/* A tree that is compared with another. */
struct trees {
	struct dedupe_run *d;
	struct walk walk;
	/* The top of the destination, O_PATH; owned. */
	int dst_fd;
	/* Path of the destination; its first top_len bytes are those of the top. */
	struct pathbuf dst;
	size_t top_len;
};

/* Compare a regular file with that of the same name. */
static void share_entry(struct trees *t, const struct walk_entry *e)
{
	struct opened src = { .path = e->path };
	struct opened dst = { .path = t->dst.text, .fd = -EBADF };
	struct err err;
	int r = opened_open(&src, OVLCP_SIDE_SOURCE, e->dir_fd, e->name, false, &err);

	if (r == 0)
		r = opened_open_below(&dst, OVLCP_SIDE_DESTINATION, t->dst_fd, e->below, &err);
	if (r < 0)
		dedupe_run_fail(t->d, src.path, dst.path, r, &err);
	else if (!dedupe_run_is_unable(t->d, dst.st.st_dev))
		dedupe_run_pair(t->d, &src, &dst);
	opened_close(&src);
	opened_close(&dst);
}

/* Enter a directory, if there is one of that name at the destination. */
static void enter_entry(struct trees *t, const struct walk_entry *e)
{
	enum ovlcp_op op = OVLCP_OP_STAT_DESTINATION;
	int r = opened_check_directory(t->dst_fd, e->below);

	if (r == -ENOTDIR || r == -ELOOP) {
		dedupe_run_fail(t->d, e->path, t->dst.text, r,
				&(struct err){ 0, OVLCP_OP_DEDUPE_KIND });
		return;
	}
	if (r == 0) {
		op = OVLCP_OP_READ_DIRECTORY;
		r = walk_enter(&t->walk, e);
	}
	if (r < 0)
		dedupe_run_fail(t->d, e->path, t->dst.text, r, &(struct err){ -r, op });
}

/* Look at one entry of the source. Links and special files have no data to share. */
static void visit(struct trees *t, const struct walk_entry *e)
{
	const bool is_dir = S_ISDIR(e->st.st_mode);
	int r;

	if (!is_dir && !S_ISREG(e->st.st_mode))
		return;
	pathbuf_cut(&t->dst, t->top_len);
	r = pathbuf_push(&t->dst, e->below);
	if (r < 0)
		dedupe_run_fail(t->d, e->path, "", r, &(struct err){ -r, OVLCP_OP_NONE });
	else if (is_dir)
		enter_entry(t, e);
	else
		share_entry(t, e);
}

/* Open both tops. 0, or -errno with *@ret_err set. */
static int begin_trees(struct trees *t, const struct by_name_request *q, const char *dst,
		       struct err *ret_err)
{
	int r;

	t->dst_fd = sys_open(q->dst_fd, dst, O_PATH | O_DIRECTORY, 0);
	*ret_err = t->dst_fd == -ENOTDIR ? (struct err){ 0, OVLCP_OP_DEDUPE_KIND }
					 : (struct err){ -t->dst_fd, OVLCP_OP_STAT_DESTINATION };
	if (t->dst_fd < 0)
		return t->dst_fd;
	r = pathbuf_set(&t->dst, dst);
	t->top_len = t->dst.len;
	if (r == 0)
		r = walk_begin(&t->walk, q->src_fd, q->src, q->src);
	*ret_err = (struct err){ -r, OVLCP_OP_READ_DIRECTORY };
	return r;
}

static void share_trees(struct dedupe_run *d, const struct by_name_request *q, const char *dst)
{
	struct trees t = { .d = d,
			   .dst_fd = -EBADF,
			   .walk.one_mount = (d->flags & OVLCP_ONE_FILE_SYSTEM) != 0 };
	struct walk_entry e;
	struct err err;
	int r = begin_trees(&t, q, dst, &err);

	if (r < 0)
		dedupe_run_fail(d, q->src, dst, r, &err);
	dedupe_run_forget_unable(d); /* it is told once for each tree */
	while (r == 0 && !session_is_cancelled(d->o)) {
		int next = walk_next(&t.walk, &e);

		if (next == 0)
			break;
		if (next > 0)
			visit(&t, &e);
		else if (next != -ENOENT) /* removed meanwhile */
			dedupe_run_fail(d, t.walk.path.text, "", next,
					&(struct err){ -next, OVLCP_OP_READ_DIRECTORY });
	}
	walk_done(&t.walk);
	pathbuf_done(&t.dst);
	fd_drop(&t.dst_fd);
}

/* The path that @dst stands for: in a directory that of the last name of the source. 0 with *@ret,
   to be freed; or -errno with *@ret_err set. */
static int resolve(const struct dedupe_run *d, const struct by_name_request *q, const char *dst,
		   char **ret, struct err *ret_err)
{
	struct stat st = { .st_mode = 0 };
	int r = 0;

	if (d->flags & OVLCP_INTO_DIRECTORY)
		r = sys_stat(q->dst_fd, dst, true, &st);
	/* what is no directory is told when it is opened */
	if (r < 0 && r != -ENOENT && r != -ENOTDIR && r != -ELOOP) {
		*ret_err = (struct err){ -r, OVLCP_OP_STAT_DESTINATION };
		return r;
	}
	*ret = S_ISDIR(st.st_mode) ? path_join_name(dst, q->src) : strdup(dst);
	*ret_err = (struct err){ ENOMEM, OVLCP_OP_NONE };
	return *ret ? 0 : -ENOMEM;
}

static void share_file(struct dedupe_run *d, const struct by_name_request *q,
		       const struct opened *src, const char *name)
{
	CLEANUP_FREE char *path = NULL;
	struct opened dst = { .fd = -EBADF };
	struct err err;
	int r = resolve(d, q, name, &path, &err);

	dst.path = path;
	if (r == 0)
		r = opened_open(&dst, OVLCP_SIDE_DESTINATION, q->dst_fd, path, true, &err);
	if (r < 0)
		dedupe_run_fail(d, src->path, path ? path : name, r, &err);
	else
		dedupe_run_pair(d, src, &dst);
	opened_close(&dst);
}

/* The source is a regular file; or it is none, which is told. */
static void share_files(struct dedupe_run *d, const struct by_name_request *q)
{
	struct opened src = { .path = q->src };
	struct err err;
	int r = opened_open(&src, OVLCP_SIDE_SOURCE, q->src_fd, q->src, true, &err);

	if (r < 0)
		dedupe_run_fail(d, q->src, q->n ? q->dst[0] : "", r, &err);
	for (size_t i = 0; r == 0 && i < q->n && !session_is_cancelled(d->o); i++)
		share_file(d, q, &src, q->dst[i]);
	opened_close(&src);
}

void by_name_run(struct dedupe_run *d, const struct by_name_request *q)
{
	struct stat st;
	int r = sys_stat(q->src_fd, q->src, true, &st);

	if (r < 0) {
		dedupe_run_fail(d, q->src, "", r, &(struct err){ -r, OVLCP_OP_STAT_SOURCE });
	} else if (!S_ISDIR(st.st_mode)) {
		share_files(d, q);
	} else if (!(d->flags & OVLCP_RECURSIVE)) {
		dedupe_run_fail(d, q->src, "", -EISDIR,
				&(struct err){ EISDIR, OVLCP_OP_SOURCE_IS_DIRECTORY });
	} else {
		for (size_t i = 0; i < q->n && !session_is_cancelled(d->o); i++)
			share_trees(d, q, q->dst[i]);
	}
}
