/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A destination that exists: looked at, decided about, dealt with.
 *
 * The rules are in plan/dest.c; here is what they need to know and what they lead to.
 */
#include "job/target.h"

#include "base/fd.h"
#include "base/path.h"
#include "job/report.h"
#include "plan/plan.h"
#include "sys/sys.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

/* One existing destination on its way through this file. */
struct existing {
	struct ovlcp *o;
	const struct target_request *q;
	struct target *t;
	struct dst_facts facts;
	struct dst_step step;
	struct stat st;
};

static int tell(struct existing *x, enum ovlcp_event_type type, enum ovlcp_op op, int error)
{
	return report_error(x->o, type, x->q->src->path, x->t->path, &(struct err){ error, op });
}

/* Whether removing the destination would take away what the source is reached by. */
static bool only_name(const struct existing *x, const struct stat *link)
{
	const struct source *src = x->q->src;
	struct path_parts p = path_split(src->path);
	CLEANUP_FREE char *dir = p.dir_len ? strndup(src->path, p.dir_len) : strdup(".");
	struct stat src_link;
	struct stat src_dir;
	struct stat dst_dir;

	if (S_ISLNK(link->st_mode))
		return false;
	/* a source that is itself a link leads to one of the names, perhaps to this one */
	if (link->st_nlink < 2 || !dir || sys_stat(src->at_fd, src->path, false, &src_link) < 0 ||
	    !inode_same(&src_link, link))
		return true;
	if (strlen(x->t->name) != p.name_len ||
	    strncmp(x->t->name, src->path + p.dir_len, p.name_len) != 0)
		return false;
	return sys_stat(src->at_fd, dir, true, &src_dir) < 0 ||
	       sys_stat(x->t->dir_fd, ".", true, &dst_dir) < 0 || inode_same(&src_dir, &dst_dir);
}

static bool is_before(struct timespec a, struct timespec b)
{
	return a.tv_sec < b.tv_sec || (a.tv_sec == b.tv_sec && a.tv_nsec < b.tv_nsec);
}

/* Fill the facts. 0, or -errno; -ENOENT if it has gone meanwhile. */
static int look(struct existing *x)
{
	const struct stat *src = &x->q->src->st;
	struct dst_facts *f = &x->facts;
	struct stat link;
	int r = sys_stat(x->t->dir_fd, x->t->name, false, &link);

	f->entered = x->t->entered;
	if (r < 0)
		return r;
	r = sys_stat(x->t->dir_fd, x->t->name, true, &x->st);
	if (r == -ENOENT && S_ISLNK(link.st_mode))
		return 0; /* a link to nothing: f->type stays 0 */
	if (r < 0)
		return r;
	f->type = x->st.st_mode & S_IFMT;
	f->same_file = inode_same(&x->st, src);
	f->only_name = f->same_file && only_name(x, &link);
	f->not_older = !is_before(x->st.st_mtim, src->st_mtim);
	f->just_created = inodeset_has(&x->o->created, &x->st);
	f->source_repeated = inodeset_has(&x->o->copied, src);
	f->duplicate = inodeset_has(x->q->finished, &x->st);
	return 0;
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
	struct stat st;
	int r = sys_stat(x->t->dir_fd, x->t->name, false, &st);

	if (r == 0)
		r = sys_unlink(x->t->dir_fd, x->t->name);
	if (r < 0 && r != -ENOENT)
		return tell(x, OVLCP_EVENT_FAILED, OVLCP_OP_REMOVE, -r);
	if (r == 0) {
		inodeset_remove(&x->o->created, &st);
		(void)tell(x, OVLCP_EVENT_REMOVED, OVLCP_OP_REMOVE, 0);
	}
	return TARGET_AGAIN;
}

static int do_truncate(struct existing *x)
{
	/* a FIFO that is open for reading too would take the data and lose it */
	bool regular = S_ISREG(x->facts.type);
	/* O_TRUNC at once: an overlay would copy up the old data first (measured) */
	int fd = sys_open(x->t->dir_fd, x->t->name, (regular ? O_RDWR : O_WRONLY) | O_TRUNC, 0);

	/* writable, not readable: it cannot be asked whether it clones, but it can be written */
	if (fd == -EACCES && regular)
		fd = sys_open(x->t->dir_fd, x->t->name, O_WRONLY | O_TRUNC, 0);
	if (fd == -ENOENT)
		return TARGET_AGAIN;
	if (fd < 0 && (x->q->opt->flags & OVLCP_FORCE))
		return do_remove(x);
	if (fd < 0)
		return tell(x, OVLCP_EVENT_FAILED, OVLCP_OP_CREATE, -fd);
	x->t->fd = fd;
	return TARGET_OPEN;
}

static int do_skip(struct existing *x)
{
	(void)tell(x, OVLCP_EVENT_SKIPPED, x->step.refusal, x->step.error);
	return x->step.error ? -x->step.error : TARGET_SKIPPED;
}

static int do_refuse(struct existing *x)
{
	(void)tell(x, OVLCP_EVENT_FAILED, x->step.refusal, x->step.error);
	return x->step.error ? -x->step.error : -EINVAL;
}

static int do_ask(struct existing *x);

static int (*const carry_out[])(struct existing *x) = {
	[DST_TRUNCATE] = do_truncate, [DST_REMOVE] = do_remove, [DST_ENTER] = do_enter,
	[DST_SKIP] = do_skip,	      [DST_ASK] = do_ask,	[DST_REFUSE] = do_refuse,
};

static int decide(struct existing *x)
{
	x->step = plan_destination(&x->facts, x->q->opt);
	return carry_out[x->step.action](x);
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
		return TARGET_AGAIN;
	if (r < 0)
		return tell(&x, OVLCP_EVENT_FAILED, OVLCP_OP_STAT_DESTINATION, -r);
	return decide(&x);
}
