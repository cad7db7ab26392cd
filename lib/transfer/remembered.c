/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Connects the facts of a transfer with the questions of remember/.
 */
#include "transfer/remembered.h"

#include "exec/data.h"
#include "exec/data_segments.h"
#include "plan/remember.h"
#include "probe/fs_pair_cache.h"
#include "remember/keep.h"
#include "remember/recall.h"
#include "sys/descriptor.h"
#include "sys/share.h"
#include "transfer/exclusive.h"

#include <errno.h>

/* Open the table. Whether it is open; why not is told once. */
static bool open_memory(struct transfer *t)
{
	struct memory *m = &t->o->memory;
	const char *dir = t->q->opt->remember_dir;
	const int r = memory_open(m, dir, t->q->opt->flags & OVLCP_DRY_RUN);

	if (r < 0 && !atomic_exchange(t->o->has_warned, true))
		(void)event_emit(t->q->dst->events,
				 &(struct ovlcp_event){ .type = OVLCP_EVENT_WARNING,
							.src = t->q->src->path,
							.dst = t->q->dst->path,
							.other = dir,
							.err = { -r, OVLCP_OP_REMEMBER } });
	return r == 0;
}

void remembered_fill_facts(struct transfer *t)
{
	const struct ovlcp_options *opt = t->q->opt;
	struct facts *f = &t->facts;
	const struct memory_fs *fs = NULL;

	f->remembers = f->regular && plan_is_memorable(f->size, opt) && open_memory(t);
	if (f->remembers)
		fs = memory_fs(&t->o->memory, t->q->src->fd, t->q->src->st.st_dev);
	f->remembers = fs && fs->trail != TRAIL_NONE;
	f->will_be_remembered = f->remembers && exclusive_to_caller(t);
}

/* The name of a source in its directory, if it was found in a tree; NULL for a path of the caller.
 */
static const char *name_in_tree(const struct source *src)
{
	return src->from_caller ? NULL : src->name;
}

int remembered_recall(struct transfer *t)
{
	struct memory *m = &t->o->memory;

	return recall_open(m,
			   &(struct recall_question){ .src_fd = t->q->src->fd,
						      .src = &t->q->src->st,
						      .src_dir_fd = t->q->src->at_fd,
						      .src_name = name_in_tree(t->q->src),
						      .dst_dir_fd = t->q->dst->dir_fd,
						      .opt = t->q->opt,
						      .buffer = session_buffer(t->o),
						      .cancelled = t->o->cancelled },
			   &t->recalled);
}

int remembered_clone(struct transfer *t)
{
	const int r = sys_clone(t->q->dst->fd, t->recalled.fd);

	/* data of the copy that could not be written out is a hole of a clone, also where the copy
	   shows it still, from memory; no time tells of that */
	if (r == 0 && data_segments_cover(t->q->dst->fd, t->q->src->fd, t->q->src->size) &&
	    recall_confirm(&t->o->memory, &t->recalled))
		return 0;
	/* a copy that has changed, or whose data cannot be read or written out (EIO, ENOSPC), is
	   none, and no failure of this one */
	return exec_discard(t->q->dst->fd, -ESTALE);
}

/* Whether a later copy can share this one: the filesystem can clone, as far as that is known, or
   hard links will do. */
static bool can_share(const struct transfer *t)
{
	const dev_t dev = t->q->dst->st.st_dev;

	return t->q->opt->share != OVLCP_SHARE_REFLINK || t->facts.dst_clones == ANSWER_YES ||
	       fs_pair_get(t->o->fs_pairs, dev, dev).clones == ANSWER_YES;
}

void remembered_begin(struct transfer *t)
{
	if (t->kept.is_active || t->copy.done > 0 || !t->facts.will_be_remembered || !can_share(t))
		return;
	keep_begin(&t->o->memory,
		   &(struct keep_question){
			   .src_fd = t->q->src->fd,
			   .src_dev = t->q->src->st.st_dev,
			   .size = t->q->src->size,
			   .dst_fd = t->q->dst->fd,
			   .dst_dev = t->q->dst->st.st_dev,
			   .dst_dir_fd = t->q->dst->dir_fd,
			   .dst_name = t->q->dst->staged.is_active ? NULL : t->q->dst->name,
			   .making = memory_making(&t->o->memory, t->q->opt, session_umask(t->o),
						   t->q->dst->dir_fd),
			   .is_one_overlay = t->pair.relation == RELATION_SAME_OVERLAY,
		   },
		   &t->kept);
}

void remembered_complete(struct transfer *t)
{
	if (t->kept.is_active)
		keep_complete(&t->o->memory, &t->kept, &t->recalled, t->q->src->fd, t->q->dst->fd,
			      t->q->dst->dir_fd, t->q->dst->name);
}
