/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A destination that exists: looked at, decided about, dealt with.
 *
 * The rules are in plan/dest.c and plan/same.c; here is what they need to know (look) and what
 * they lead to (the functions in carry_out).
 */
#include "job/target.h"

#include "base/fd.h"
#include "base/path.h"
#include "base/tempname.h"
#include "exec/make.h"
#include "job/report.h"
#include "plan/dest.h"
#include "sys/sys.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

/* One existing destination on its way through this file. */
struct existing {
	struct ovlcp *o;
	const struct target_request *q;
	struct target *t;
	struct dst_facts facts;
	struct dst_step step;
	/* As it is looked at, and with links not followed. */
	struct stat st;
	struct stat link;
};

static int tell(struct existing *x, enum ovlcp_event_type type, enum ovlcp_op op, int error)
{
	const struct links_place *e = x->q->earlier;
	const struct ovlcp_event event = {
		.type = type,
		.src = x->q->src->path,
		.dst = x->t->path,
		.other = e && op == OVLCP_OP_CREATE_LINK_TO_COPY ? e->path : NULL,
		.error = error,
		.op = op,
	};

	report(x->o, &event);
	return -error;
}

static bool is_before(struct timespec a, struct timespec b)
{
	return a.tv_sec < b.tv_sec || (a.tv_sec == b.tv_sec && a.tv_nsec < b.tv_nsec);
}

/* Whether source and destination are one name in one directory. */
static bool is_same_name(const struct existing *x)
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
static bool is_same_file(const struct existing *x, const struct stat *src, const struct stat *dst)
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

static enum same_verdict judge(const struct existing *x)
{
	const struct ovlcp_options *opt = x->q->opt;
	const struct source *s = x->q->src;
	bool follow = plan_follows(opt, s->named);
	struct stat src = s->st;
	const struct stat *dst = follow ? &x->link : &x->st;
	struct same_facts f = { .same = inode_same(&x->st, &s->st) };

	/* nearly always they have nothing to do with one another */
	if (!f.same && (follow || !S_ISLNK(src.st_mode)) && !S_ISLNK(x->st.st_mode))
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
	return plan_same(&f, s->named, opt);
}

/* Whether a simple backup of the destination would have the source's name. */
static bool backup_is_source(const struct existing *x)
{
	const struct source *src = x->q->src;
	struct path_parts p = path_split(src->path);
	CLEANUP_FREE char *backup = NULL;
	struct stat st;

	if (x->q->opt->backup == OVLCP_BACKUP_NONE ||
	    asprintf(&backup, "%s%s", x->t->name, backup_suffix(x->q->opt)) < 0)
		return false;
	return strlen(backup) == p.name_len &&
	       strncmp(backup, src->path + p.dir_len, p.name_len) == 0 &&
	       sys_stat(x->t->dir_fd, backup, true, &st) == 0 && inode_same(&st, &src->st);
}

/* Whether the caller gave one path of a regular file for both. */
static bool is_same_path(const struct existing *x)
{
	const struct target_request *q = x->q;
	struct stat st;

	return q->src->named && !q->name && !x->t->entered && strcmp(q->src->path, q->path) == 0 &&
	       sys_stat(x->t->dir_fd, x->t->name, true, &st) == 0 && S_ISREG(st.st_mode);
}

/* Whether the name is one in a directory already, and a directory there is not entered. */
static bool is_entered(const struct existing *x)
{
	return x->t->entered || x->q->name;
}

/* A link to a directory that counts as one: it was named with a slash, or such links shall. */
static bool is_directory_by_link(const struct existing *x, struct stat *ret_st)
{
	const struct target_request *q = x->q;
	bool enter = (q->opt->flags & OVLCP_INTO_DIRECTORY) && q->src->named && !is_entered(x);
	bool keep = (q->opt->flags & OVLCP_KEEP_DIRECTORY_SYMLINK) && q->make == MAKE_DIRECTORY;

	return (enter || keep || x->t->must_be_dir) && S_ISLNK(x->link.st_mode) &&
	       sys_stat(x->t->dir_fd, x->t->name, true, ret_st) == 0 && S_ISDIR(ret_st->st_mode);
}

/* Fill x->st and what follows from its type. 0, or -errno; -ENOENT if it has gone meanwhile. */
static int look_at_name(struct existing *x)
{
	struct dst_facts *f = &x->facts;
	int r = sys_stat(x->t->dir_fd, x->t->name, false, &x->link);

	if (r < 0)
		return r;
	x->st = x->link;
	if (!is_directory_by_link(x, &x->st) && S_ISLNK(x->link.st_mode) &&
	    !plan_looks_at_link(x->q->make, x->q->src->st.st_mode, x->q->opt)) {
		r = sys_stat(x->t->dir_fd, x->t->name, true, &x->st);
		f->endless = r == -ELOOP;
		if (r == -ENOENT || r == -ELOOP)
			return 0; /* a link to nothing: f->type stays 0 */
	}
	if (r == 0 && x->t->must_be_dir && !S_ISDIR(x->st.st_mode))
		return -ENOTDIR;
	f->type = r == 0 ? x->st.st_mode & S_IFMT : 0;
	return r;
}

/* Fill the facts. 0, or -errno; -ENOENT if it has gone meanwhile. */
static int look(struct existing *x)
{
	const struct target_request *q = x->q;
	const struct source *src = q->src;
	bool same_call = src->named && (q->opt->flags & OVLCP_SAME_CALL);
	struct dst_facts *f = &x->facts;
	int r = look_at_name(x);

	if (r < 0)
		return r;
	f->make = q->make;
	f->src_type = src->st.st_mode & S_IFMT;
	f->named = src->named;
	f->entered = is_entered(x);
	f->aside = x->t->aside;
	f->dots = path_is_dots(src->path);
	f->just_created_link = same_call && S_ISLNK(x->link.st_mode) &&
			       inodeset_has(&x->o->created, &x->link, x->t->path);
	if (f->type == 0)
		return 0;
	f->same = judge(x);
	f->same_path = is_same_path(x);
	f->not_older = !is_before(x->st.st_mtim, src->st.st_mtim);
	f->has_links = x->st.st_nlink > 1;
	f->just_created = same_call && inodeset_has(&x->o->created, &x->st, x->t->path);
	f->foreign_link = !src->named && S_ISLNK(x->link.st_mode) && !sys_trusts(x->link.st_uid);
	f->duplicate = inodeset_has(q->finished, &x->st, "");
	f->backup_is_source = backup_is_source(x);
	return 0;
}

/* What is wrong anyway counts only here: an existing destination may be left alone. */
static int refuse_unsound(struct existing *x)
{
	return tell(x, OVLCP_EVENT_FAILED, x->t->unsound.op, x->t->unsound.code);
}

static int do_enter(struct existing *x)
{
	char *inner = path_join_name(x->t->path, x->q->src->path);

	if (!inner)
		return tell(x, OVLCP_EVENT_FAILED, OVLCP_OP_CREATE, ENOMEM);
	free(x->t->path);
	x->t->path = inner;
	x->t->entered = true;
	return TARGET_AGAIN;
}

static int do_remove(struct existing *x)
{
	int r = sys_unlink(x->t->dir_fd, x->t->name);

	if (r < 0 && r != -ENOENT)
		return tell(x, OVLCP_EVENT_FAILED, OVLCP_OP_REMOVE, -r);
	if (r == 0) {
		inodeset_remove(&x->o->created, &x->link, x->t->path);
		(void)tell(x, OVLCP_EVENT_REMOVED, OVLCP_OP_REMOVE, 0);
	}
	return TARGET_AGAIN;
}

static int do_backup(struct existing *x)
{
	char *backup;
	int r = backup_name(x->t->dir_fd, x->t->name, x->q->opt, &backup);

	if (r == 0)
		r = sys_rename(x->t->dir_fd, x->t->name, backup, true);
	if (r < 0 && r != -ENOENT)
		return tell(x, OVLCP_EVENT_FAILED, OVLCP_OP_BACKUP, -r);
	free(x->t->backup);
	x->t->backup = backup;
	return TARGET_AGAIN;
}

static int do_aside(struct existing *x)
{
	char *backup;
	int r = backup_name(x->t->dir_fd, x->t->name, x->q->opt, &backup);
	char *path = r == 0 ? path_sibling(x->t->path, backup) : NULL;

	if (!path)
		return tell(x, OVLCP_EVENT_FAILED, OVLCP_OP_BACKUP, r < 0 ? -r : ENOMEM);
	free(x->t->name);
	free(x->t->path);
	x->t->name = backup;
	x->t->path = path;
	x->t->aside = true;
	return TARGET_AGAIN;
}

static int do_overwrite(struct existing *x)
{
	const struct target_request *q = x->q;
	/* a FIFO that is open for reading too would take the data and lose it */
	bool regular = S_ISREG(x->facts.type);
	/* O_TRUNC at once: an overlay would copy up the old data first (measured) */
	int flags = q->opt->flags & OVLCP_ATTRIBUTES_ONLY ? 0 : O_TRUNC;
	int fd;

	/* what was no link a moment ago is none that anybody wanted written through */
	if (!q->src->named && !S_ISLNK(x->link.st_mode))
		flags |= O_NOFOLLOW;
	fd = sys_open(x->t->dir_fd, x->t->name, flags | (regular ? O_RDWR : O_WRONLY), 0);
	/* writable, not readable: it cannot be asked whether it clones, but it can be written */
	if (fd == -EACCES && regular)
		fd = sys_open(x->t->dir_fd, x->t->name, flags | O_WRONLY, 0);
	if (fd == -ENOENT || (fd == -ELOOP && (flags & O_NOFOLLOW)))
		return TARGET_AGAIN;
	if (fd < 0 && (q->opt->flags & OVLCP_FORCE))
		return do_remove(x);
	if (fd < 0)
		return tell(x, OVLCP_EVENT_FAILED, OVLCP_OP_CREATE, -fd);
	x->t->fd = fd;
	return TARGET_OPEN;
}

static int do_merge(struct existing *x)
{
	bool follow = S_ISLNK(x->link.st_mode);
	int fd = exec_open_directory(x->t->dir_fd, x->t->name, follow);

	if (fd == -ENOENT || fd == -ELOOP || fd == -ENOTDIR)
		return TARGET_AGAIN;
	if (fd < 0)
		return tell(x, OVLCP_EVENT_FAILED, OVLCP_OP_CREATE_DIRECTORY, -fd);
	x->t->fd = fd;
	return TARGET_OPEN;
}

/* POSIX leaves open what becomes of a link to nothing; then the file is made where it leads. */
static int do_through(struct existing *x)
{
	int fd = sys_open(x->t->dir_fd, x->t->name, O_WRONLY | O_CREAT,
			  x->q->src->st.st_mode & (S_IRWXU | S_IRWXG | S_IRWXO));

	if (fd < 0)
		return tell(x, OVLCP_EVENT_FAILED, OVLCP_OP_CREATE, -fd);
	x->t->fd = fd;
	x->t->created = true;
	return TARGET_OPEN;
}

/* Make it under a name of its own, which then becomes the destination's: never is there none. */
static int do_replace(struct existing *x)
{
	struct target *t = x->t;
	char name[TEMPNAME_SIZE];
	int r;

	tempname(name);
	r = target_make(x->o, x->q, t, name);
	if (r == 0)
		r = sys_rename(t->dir_fd, name, t->name, true);
	if (t->created)
		(void)sys_unlink(t->dir_fd,
				 name); /* there if it failed, or two links were one file */
	if (r < 0)
		return tell(x, OVLCP_EVENT_FAILED, plan_make_op(x->q->make, x->q->src->st.st_mode),
			    -r);
	t->replaced = true;
	return TARGET_OPEN;
}

static int do_done(struct existing *x)
{
	(void)x;
	return TARGET_SKIPPED;
}

static int do_skip(struct existing *x)
{
	bool not_older = x->facts.not_older && x->q->opt->update == OVLCP_UPDATE_OLDER;

	(void)tell(x, OVLCP_EVENT_SKIPPED, x->step.refusal, x->step.error);
	return x->step.error ? -x->step.error : not_older ? TARGET_NOT_OLDER : TARGET_SKIPPED;
}

static int do_refuse(struct existing *x)
{
	(void)tell(x, OVLCP_EVENT_FAILED, x->step.refusal, x->step.error);
	return x->step.error ? -x->step.error : -EINVAL;
}

static int do_ask(struct existing *x);

static const struct {
	int (*run)(struct existing *x);
	/* whether it changes the destination, which must not be for nothing */
	bool changes;
} carry_out[DST_ACTIONS] = {
	[DST_OVERWRITE] = { do_overwrite, true },
	[DST_MERGE] = { do_merge, true },
	[DST_REMOVE] = { do_remove, true },
	[DST_BACKUP] = { do_backup, true },
	[DST_REPLACE] = { do_replace, true },
	[DST_THROUGH] = { do_through, true },
	[DST_ASIDE] = { do_aside, true },
	[DST_ENTER] = { do_enter, false },
	[DST_DONE] = { do_done, false },
	[DST_SKIP] = { do_skip, false },
	[DST_ASK] = { do_ask, false },
	[DST_REFUSE] = { do_refuse, false },
};

/* Whether it is only the making that is refused: what is wrong anyway comes before that. */
static bool is_refused_as_made(const struct existing *x)
{
	return x->step.action == DST_REFUSE &&
	       (x->step.refusal == OVLCP_OP_DANGLING ||
		x->step.refusal == plan_make_op(x->q->make, x->q->src->st.st_mode));
}

/* The source is opened before anything changes; not before, as that may mean to wait. */
static void open_source(struct existing *x)
{
	if (x->q->make == MAKE_DATA && source_open(x->o, x->q->src, SOURCE_DATA) < 0)
		x->t->unsound = x->q->src->open_error;
}

static int decide(struct existing *x)
{
	x->step = plan_destination(&x->facts, x->q->opt);
	if (carry_out[x->step.action].changes)
		open_source(x);
	if (x->t->unsound.code && (carry_out[x->step.action].changes || is_refused_as_made(x)))
		return refuse_unsound(x);
	return carry_out[x->step.action].run(x);
}

static int do_ask(struct existing *x)
{
	const struct ovlcp_event question = { .src = x->q->src->path,
					      .dst = x->t->path,
					      .mode = x->st.st_mode };

	x->facts.may_overwrite = report_question(x->o, &question) ? ANSWER_YES : ANSWER_NO;
	return decide(x); /* the answer is a fact now: it does not ask again */
}

int existing_settle(struct ovlcp *o, const struct target_request *q, struct target *t)
{
	struct existing x = { .o = o, .q = q, .t = t };
	int r = look(&x);

	if (r == -ENOENT)
		return t->unsound.code ? refuse_unsound(&x) : TARGET_AGAIN;
	if (r < 0)
		return tell(&x, OVLCP_EVENT_FAILED, OVLCP_OP_STAT_DESTINATION, -r);
	t->st = x.st; /* for who is left alone */
	return decide(&x);
}
