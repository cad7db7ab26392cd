/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Looking at a destination that exists: what the decision about it depends on.
 *
 * Nothing is changed or opened here. What is seldom needed is looked at last: nearly always the
 * two have nothing to do with one another.
 */
#include "target/inspect.h"

#include "base/fd.h"
#include "base/path.h"
#include "plan/existing.h"
#include "plan/file_kind.h"
#include "plan/same_file.h"
#include "sys/sys.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* One look. */
struct look {
	const struct ovlcp *o;
	const struct target_request *q;
	const struct target *t;
	struct seen *seen;
};

static bool is_before(struct timespec a, struct timespec b)
{
	return a.tv_sec < b.tv_sec || (a.tv_sec == b.tv_sec && a.tv_nsec < b.tv_nsec);
}

/* Whether source and destination are one name in one directory. */
static bool is_same_name(const struct look *x)
{
	const struct source *src = x->q->src;
	struct path_parts p = path_split(src->name);
	CLEANUP_FREE char *dir = p.dir_len ? strndup(src->name, p.dir_len) : strdup(".");
	struct stat src_dir;
	struct stat dst_dir;

	return strlen(x->t->name) == p.name_len &&
	       strncmp(x->t->name, src->name + p.dir_len, p.name_len) == 0 && dir &&
	       sys_stat(src->at_fd, dir, true, &src_dir) == 0 &&
	       sys_stat(x->t->dir_fd, ".", true, &dst_dir) == 0 && inode_same(&src_dir, &dst_dir);
}

/* Whether the two lead to one file in the end. */
static bool is_same_file(const struct look *x, const struct stat *src, const struct stat *dst)
{
	const struct source *s = x->q->src;
	struct stat a = *src;
	struct stat b = *dst;

	if (S_ISLNK(src->st_mode) && sys_stat(s->at_fd, s->name, true, &a) < 0)
		return false;
	if (S_ISLNK(dst->st_mode) && sys_stat(x->t->dir_fd, x->t->name, true, &b) < 0)
		return false;
	return inode_same(&a, &b);
}

static enum same_verdict judge(const struct look *x)
{
	const struct ovlcp_options *opt = x->q->opt;
	const struct source *s = x->q->src;
	bool follow = plan_follows(opt, s->from_caller);
	struct stat src = s->st;
	const struct stat *dst = follow ? &x->seen->link : &x->seen->st;
	struct same_facts f = { .same = inode_same(&x->seen->st, &s->st) };

	/* nearly always they have nothing to do with one another */
	if (!f.same && (follow || !S_ISLNK(src.st_mode)) && !S_ISLNK(x->seen->st.st_mode))
		return SAME_HARMLESS;
	if (follow && sys_stat(s->at_fd, s->name, false, &src) < 0)
		return SAME_HARMLESS;
	f.src_is_link = S_ISLNK(src.st_mode);
	f.dst_is_link = S_ISLNK(dst->st_mode);
	f.dst_has_links = dst->st_nlink > 1;
	f.same_link = inode_same(&src, dst);
	f.same_filesystem = src.st_dev == dst->st_dev;
	f.same_name = is_same_name(x);
	f.same_file = is_same_file(x, &src, dst);
	return plan_same_file(&f, s->from_caller, opt);
}

/* Whether a simple backup of the destination would have the source's name, or would, where that
   leads to it by a link, take the place of all that the source is. */
static bool backup_is_source(const struct look *x)
{
	const struct source *src = x->q->src;
	struct path_parts p = path_split(src->path);
	CLEANUP_FREE char *backup = NULL;
	struct stat st;
	bool same_name;

	if (x->q->opt->backup == OVLCP_BACKUP_NONE ||
	    asprintf(&backup, "%s%s", x->t->name, backup_suffix(x->q->opt)) < 0)
		return false;
	same_name = strlen(backup) == p.name_len &&
		    strncmp(backup, src->path + p.dir_len, p.name_len) == 0;
	return (same_name || src->st.st_nlink == 1) &&
	       sys_stat(x->t->dir_fd, backup, same_name, &st) == 0 && inode_same(&st, &src->st);
}

/* Whether the caller gave one path of a regular file for both. */
static bool is_same_path(const struct look *x)
{
	const struct target_request *q = x->q;
	struct stat st;

	return q->src->from_caller && !q->name && !x->t->in_dir &&
	       strcmp(q->src->path, q->path) == 0 &&
	       sys_stat(x->t->dir_fd, x->t->name, true, &st) == 0 && S_ISREG(st.st_mode);
}

/* Whether the name is one in a directory already, and a directory there is not entered. */
static bool is_entered(const struct look *x)
{
	return x->t->in_dir || x->q->name;
}

/* A link to a directory that counts as one: it was named with a slash, or such links shall. */
static bool is_directory_by_link(const struct look *x, struct stat *ret_st)
{
	const struct target_request *q = x->q;
	bool enter =
		(q->opt->flags & OVLCP_INTO_DIRECTORY) && q->src->from_caller && !is_entered(x);
	bool keep = (q->opt->flags & OVLCP_KEEP_DIRECTORY_SYMLINK) && q->kind == KIND_DIRECTORY;

	return (enter || keep || x->t->must_be_dir) && S_ISLNK(x->seen->link.st_mode) &&
	       sys_stat(x->t->dir_fd, x->t->name, true, ret_st) == 0 && S_ISDIR(ret_st->st_mode);
}

/* Fill x->seen->st and what follows from its type. 0, or -errno; -ENOENT if it has gone meanwhile.
 */
static int look_at_name(struct look *x)
{
	struct dst_facts *f = &x->seen->facts;
	int r = sys_stat(x->t->dir_fd, x->t->name, false, &x->seen->link);

	if (r < 0)
		return r;
	x->seen->st = x->seen->link;
	if (!is_directory_by_link(x, &x->seen->st) && S_ISLNK(x->seen->link.st_mode) &&
	    !plan_lstat_dest(x->q->kind, x->q->src->st.st_mode, x->q->opt)) {
		r = sys_stat(x->t->dir_fd, x->t->name, true, &x->seen->st);
		f->symlink_loop = r == -ELOOP;
		if (r == -ENOENT || r == -ELOOP)
			return 0; /* a link to nothing: f->type stays 0 */
	}
	if (r == 0 && x->t->must_be_dir && !S_ISDIR(x->seen->st.st_mode))
		return -ENOTDIR;
	f->type = r == 0 ? x->seen->st.st_mode & S_IFMT : 0;
	return r;
}

/* Fill the facts. 0, or -errno; -ENOENT if it has gone meanwhile. */
static int fill(struct look *x)
{
	const struct target_request *q = x->q;
	const struct source *src = q->src;
	bool same_call = src->from_caller && (q->opt->flags & OVLCP_SAME_CALL);
	struct dst_facts *f = &x->seen->facts;
	int r = look_at_name(x);

	if (r < 0)
		return r;
	f->kind = q->kind;
	f->src_type = src->st.st_mode & S_IFMT;
	f->from_caller = src->from_caller;
	f->in_dir = is_entered(x);
	f->as_backup = x->t->as_backup;
	f->dots = path_is_dots(src->path);
	f->just_created_link = same_call && S_ISLNK(x->seen->link.st_mode) &&
			       inodeset_has(&x->o->created, &x->seen->link, x->t->path);
	f->foreign_link = !src->from_caller && S_ISLNK(x->seen->link.st_mode) &&
			  !sys_trusts(x->seen->link.st_uid);
	if (f->type == 0)
		return 0;
	f->same = judge(x);
	f->same_path = is_same_path(x);
	f->not_older = !is_before(x->seen->st.st_mtim, src->st.st_mtim);
	f->has_links = x->seen->st.st_nlink > 1;
	f->just_created = same_call && inodeset_has(&x->o->created, &x->seen->st, x->t->path);
	f->duplicate = inodeset_has(q->finished, &x->seen->st, "");
	f->backup_is_source = backup_is_source(x);
	return 0;
}

int look_at_existing(const struct ovlcp *o, const struct target_request *q, const struct target *t,
		     struct seen *ret_seen)
{
	*ret_seen = (struct seen){ 0 };
	return fill(&(struct look){ o, q, t, ret_seen });
}
