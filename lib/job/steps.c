/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Carrying out the steps of a transfer, one function each.
 *
 * What is learned on the way is put into the facts; what comes next is not decided here.
 */
#include "job/steps.h"

#include "plan/plan.h"
#include "probe/place.h"
#include "sys/sys.h"

#include <errno.h>

/* No filesystem keeps this much data in an inode. */
#define BLOCK 4096

int step_clone(struct transfer *t)
{
	const struct source *src = t->q->src;
	int r = sys_clone(t->q->dst->fd, src->fd);

	if (plan_classify(PLAN_CLONE, -r) == CLASS_UNSUPPORTED)
		caps_learn(&t->o->caps, src->st.st_dev, t->q->dst->st.st_dev, ANSWER_NO);
	return r;
}

int step_clone_donor(struct transfer *t)
{
	int r = donors_clone(t->q->donors, t->donor_next++, t->q->dst->fd);

	t->facts.donor_ready = t->donor_next < t->q->donors->count;
	return r;
}

int step_look(struct transfer *t)
{
	place_look(&(struct place_question){ .src_fd = t->q->src->fd,
					     .dst_fd = t->q->dst->fd,
					     .src = &t->q->src->st,
					     .layout = session_layout,
					     .payload = t->o },
		   &t->facts);
	return 0;
}

int step_ask(struct transfer *t)
{
	dev_t dev = t->q->dst->st.st_dev;
	enum answer *answer = &t->facts.dst_clones;
	int r;

	*answer = caps_ask(&t->o->caps, dev, dev);
	if (*answer != ANSWER_NOT_ASKED)
		return 0;
	r = sys_clone_probe(t->q->dst->fd);
	t->cannot_tell = r == -EBADF;
	*answer = r == 0 ? ANSWER_YES : ANSWER_NO;
	/* a destination that is not readable cannot be asked: no answer of its filesystem */
	if (r == 0 || plan_classify(PLAN_CLONE, -r) == CLASS_UNSUPPORTED)
		caps_learn(&t->o->caps, dev, dev, *answer);
	return 0;
}

int step_copy_up(struct transfer *t)
{
	int r = source_copy_up(t->o, t->q->src, t->facts.metadata_only);

	t->copy.src_fd = t->q->src->fd;
	return r;
}

int step_range(struct transfer *t)
{
	int r = exec_range(&t->copy);

	/* where sharing is required, bytes that were copied after all are not what was asked;
	   a file of less than a block may lie in its inode, then there is nothing to share */
	if (r == 0 && t->q->opt->reflink == OVLCP_REFLINK_ALWAYS && t->copy.size >= BLOCK &&
	    sys_shared_bytes(t->q->dst->fd) <= 0)
		r = -EXDEV;
	return r;
}

int step_read_write(struct transfer *t)
{
	int r;

	t->copy.buffer = session_buffer(t->o);
	r = t->copy.buffer ? exec_read_write(&t->copy) : -ENOMEM;
	t->q->src->spent = !t->q->src->regular && t->copy.consumed;
	return r;
}
