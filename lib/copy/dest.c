/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The destinations of a copy: which are open at the depth of the walk, and what a target depends on
 * in its parent directory.
 */
#include "copy/dest.h"

#include "base/fd.h"
#include "base/inodeset.h"
#include "base/pathbuf.h"
#include "copy/parents.h"
#include "probe/casefold.h"
#include "sys/attrs.h"
#include "sys/descriptor.h"
#include "sys/process.h"
#include "sys/status.h"
#include "walk/copied_map.h"
#include "walk/dirstack.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

size_t dest_depth(const struct dest *p)
{
	return p->dirs.depth + p->would_exist;
}

bool dest_is_open(const struct copy *c, const struct dest *p)
{
	return !p->lost && dest_depth(p) == c->depth;
}

struct dest_level *dest_lowest(const struct dest *p)
{
	return &p->levels[dest_depth(p) - 1];
}

/* Whether what was found out about the lowest directory is so for all of its files: another user
   who owns it may give it another group, the set-group-ID bit or a default ACL at any moment. */
static bool is_stable(const struct dest *p)
{
	const struct target *t = &dest_lowest(p)->target;

	return t->created || sys_trusts(t->st.st_uid);
}

/* Return whether new files in the lowest directory may inherit an ACL; probed at most once. */
static bool has_default_acl(const struct copy *c, struct dest *p, int fd)
{
	enum answer *inherits = &dest_lowest(p)->inherits;

	if (!(c->opt->preserve & OVLCP_PRESERVE_MODE) || !is_stable(p))
		return true;
	if (*inherits == ANSWER_NOT_ASKED)
		*inherits = sys_has_acl(fd, true) != 0 ? ANSWER_YES : ANSWER_NO; /* or unknown */
	return *inherits == ANSWER_YES;
}

/* Return whether the lowest directory existed and may fold case; probed at most once. */
static bool may_fold_case(const struct dest *p)
{
	enum answer *folds = &dest_lowest(p)->folds_case;

	if (dest_lowest(p)->target.created || p->would_exist > 0)
		return false;
	if (*folds == ANSWER_NOT_ASKED)
		*folds = casefold_is_possible(dirstack_top(&p->dirs)) ? ANSWER_YES : ANSWER_NO;
	return *folds == ANSWER_YES;
}

/* Whether a file in the lowest directory may be given the name that this copy has given another: a
   backup without a number replaces what has its name. */
static bool may_back_up(const struct copy *c, const struct dest *p)
{
	return (c->opt->backup == OVLCP_BACKUP_SIMPLE || c->opt->backup == OVLCP_BACKUP_EXISTING) &&
	       !dest_lowest(p)->target.created && p->would_exist == 0;
}

int dest_record_written(const struct copy *c, struct dest *p, const struct target *t)
{
	const bool backs_up = dest_depth(p) > 0 && may_back_up(c, p);
	const bool folds = dest_depth(p) > 0 && may_fold_case(p);
	struct stat st;
	int r;

	if (!backs_up && !folds)
		return 0;
	r = sys_stat(dirstack_top(&p->dirs), t->name, false, &st);
	if (r < 0)
		return r == -ENOENT ? 0 : r; /* it has gone again */
	if (backs_up)
		r = inodeset_add(&p->made, &st, "");
	return r == 0 && folds ? case_folded_add(&p->written, &st, t->path) : r;
}

/* Fill the request for @name in the lowest directory. 0; or -ENOMEM, which was emitted. */
static int request_in_tree(struct copy *c, struct dest *p, const char *name,
			   struct target_request *q)
{
	const struct stat *dir = &dest_lowest(p)->target.st;

	if (pathbuf_push(&p->path, name) < 0)
		return event_emit_error(q->events, OVLCP_EVENT_FAILED, c->path.text, p->path.text,
					&(struct err){ ENOMEM, OVLCP_OP_NONE });
	q->at_fd = p->dirs.depth ? dirstack_top(&p->dirs) : p->would_exist_at;
	q->would_exist = p->would_exist > 0;
	q->inherits = has_default_acl(c, p, q->at_fd);
	q->group_stays = is_stable(p) && dir->st_gid == c->o->gid;
	q->is_only_dest = c->q->n == 1;
	q->top = &p->levels[0].target.st;
	q->in_new_dir = dest_lowest(p)->target.created;
	q->written = may_fold_case(p) ? &p->written : NULL;
	q->made = may_back_up(c, p) ? &p->made : NULL;
	q->dir_dev = dir->st_dev;
	q->name = name;
	q->path = p->path.text;
	q->named_len = p->named_len;
	return 0;
}

/* Fill the request for the last name of the source, below the leading directories. */
static void request_in_parents(const struct dest *p, struct target_request *q)
{
	q->at_fd = parents_directory(p->parents);
	q->would_exist = parents_would_exist(p->parents);
	q->missing = parents_missing(p->parents);
	q->inherits = true; /* perhaps: that is not asked */
	q->name = parents_name(p->parents);
	q->path = parents_path(p->parents);
	q->top = parents_top(p->parents);
	q->named_len = strlen(q->path) - strlen(q->name);
}

int dest_init_request(struct copy *c, struct dest *p, const char *name, struct event_sink *events,
		      struct target_request *ret_q)
{
	struct target_request q = {
		.events = events,
		.is_dry = c->is_dry,
		.opt = c->opt,
		.finished = &c->finished,
		.base_fd = c->q->dst_fd,
		.at_fd = c->q->dst_fd,
		.path = p->given,
	};
	int r = 0;

	if (name)
		r = request_in_tree(c, p, name, &q);
	else if (p->parents)
		request_in_parents(p, &q);
	*ret_q = q;
	return r;
}

void dest_pop_name(struct dest *p, size_t len)
{
	if (p->path.text)
		pathbuf_cut(&p->path, len);
}

/* Descriptors for everything but the directories of the walk: the standard ones, the files that are
   being copied, the mount table. */
#define OTHER_FDS ((size_t)12)

size_t copy_window(void)
{
	size_t limit = sys_fd_limit();
	size_t window = limit > OTHER_FDS ? (limit - OTHER_FDS) / 4 : 0;

	return window > COPY_WINDOW ? COPY_WINDOW : window > 0 ? window : 1;
}

/* Initialize one destination. 0; or -errno, which was emitted. */
static int init_one(struct copy *c, struct dest *p, const char *given, size_t window,
		    bool shares_map)
{
	int r = 0;

	p->given = given;
	p->would_exist_at = -EBADF;
	p->dirs.window = window;
	p->copied_map = shares_map ? &c->o->copied_map : &p->own_copied_map;
	if (c->opt->flags & OVLCP_PARENTS)
		r = parents_make(c, given, &p->parents);
	p->lost = r < 0;
	return r;
}

int copy_dests_init(struct copy *c)
{
	bool shares_map = c->q->n == 1 && (c->opt->flags & OVLCP_SAME_CALL);
	size_t window = c->q->n ? copy_window() / c->q->n : 0;
	int first = 0;

	c->dests = calloc(c->q->n ? c->q->n : 1, sizeof(*c->dests));
	if (!c->dests)
		return copy_emit_error(c, &(struct err){ ENOMEM, OVLCP_OP_NONE });
	for (size_t i = 0; i < c->q->n; i++) {
		int r = init_one(c, &c->dests[i], c->q->dst[i], window ? window : 1, shares_map);

		first = first ? first : r;
	}
	return first;
}

void copy_dests_free(struct dest *dests, size_t n)
{
	for (size_t i = 0; dests && i < n; i++) {
		struct dest *p = &dests[i];

		/* those that were not left, because the destination was lost */
		for (size_t k = 0; p->levels && k < dest_depth(p); k++)
			target_done(&p->levels[k].target);
		dirstack_done(&p->dirs);
		free(p->levels);
		fd_drop(&p->would_exist_at);
		pathbuf_done(&p->path);
		inodeset_done(&p->created_dirs);
		case_folded_done(&p->written);
		inodeset_done(&p->made);
		copied_map_done(&p->own_copied_map);
	}
	free(dests);
}

int copy_dests_done(struct copy *c)
{
	int first = 0;

	for (size_t i = 0; c->dests && i < c->q->n; i++) {
		struct parents *parents = c->dests[i].parents;
		int r = parents ? parents_finish(c, parents) : 0;

		first = first ? first : r;
	}
	copy_dests_free(c->dests, c->q->n);
	c->dests = NULL;
	return first;
}

/* Initialize @p with the lowest directory of @from as its only one. 0, or -errno. */
static int branch_one(struct dest *p, const struct dest *from)
{
	const struct dest_level *level = dest_lowest(from);
	CLEANUP_FD int fd = sys_dup(dirstack_top(&from->dirs));
	int r;

	p->dirs.window = 1;
	p->named_len = from->named_len;
	p->copied_map = from->copied_map;
	r = fd < 0 ? fd : dirstack_push(&p->dirs, &fd, &level->target.st);
	p->levels = r == 0 ? calloc(1, sizeof(*p->levels)) : NULL;
	if (r < 0 || !p->levels)
		return r < 0 ? r : -ENOMEM;
	p->levels[0].inherits = level->inherits;
	p->levels[0].target =
		(struct target){ .fd = -EBADF, .created = true, .st = level->target.st };
	return pathbuf_set(&p->path, from->path.text);
}

int copy_dests_branch(const struct copy *c, struct dest **ret_dests)
{
	struct dest *dests = calloc(c->q->n, sizeof(*dests));
	int r = dests ? 0 : -ENOMEM;

	for (size_t i = 0; dests && i < c->q->n; i++) {
		dests[i].would_exist_at = -EBADF;
		dests[i].lost = !dest_is_open(c, &c->dests[i]);
		if (r == 0 && !dests[i].lost)
			r = branch_one(&dests[i], &c->dests[i]);
	}
	*ret_dests = dests;
	return r;
}
