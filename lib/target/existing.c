/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A destination that exists: inspect.c collects the facts, plan/existing.c decides, this file sees
 * to what must be done before, and action.c carries it out.
 */
#include "target/existing.h"

#include "base/fd.h"
#include "base/inodeset.h"
#include "exec/same_data.h"
#include "model/event.h"
#include "plan/existing.h"
#include "plan/file_kind.h"
#include "probe/layer.h"
#include "probe/same_inode.h"
#include "session/session.h"
#include "source/source.h"
#include "sys/descriptor.h"
#include "target/action.h"
#include "target/create.h"
#include "target/inspect.h"
#include "target/inspected.h"
#include "target/target.h"

#include <errno.h>
#include <fcntl.h>

/* Emit the precondition error, which matters now: the destination is not skipped. */
static int refuse_precondition(struct existing *x)
{
	return inspected_emit(x, OVLCP_EVENT_FAILED, x->t->precondition_err.op,
			      x->t->precondition_err.code);
}

/* Return whether the only objection is that the name is taken. Errors of the source are emitted
   instead of that. */
static bool is_only_name_taken(const struct existing *x)
{
	return x->step.action == DST_REFUSE &&
	       (x->step.refusal == OVLCP_OP_DANGLING ||
		x->step.refusal == plan_create_op(x->q->kind, x->q->src->st.st_mode));
}

/* Open the source before the destination changes; not earlier, because a FIFO would wait. */
static void open_source(struct existing *x)
{
	if (target_reads(x->q) && source_open(x->o, x->q->src, SOURCE_DATA) < 0)
		x->t->precondition_err = x->q->src->open_error;
}

/* Return whether the destination may be the source seen through another filesystem, such as the
   upper layer of its overlay. If it were truncated, the queued destinations would get no data. */
static bool may_be_source(const struct existing *x)
{
	const struct stat *src = &x->q->src->st;
	const struct stat *dst = &x->state.st;

	return dst->st_dev != src->st_dev && dst->st_size == src->st_size &&
	       dst->st_ctim.tv_sec == src->st_ctim.tv_sec &&
	       dst->st_ctim.tv_nsec == src->st_ctim.tv_nsec;
}

/* Return whether the queued destinations, which have no data yet, must be completed first: this
   destination is one of them, or the action may affect one, or it may wait at a FIFO. */
static bool must_flush_queue(const struct existing *x)
{
	const struct inodeset *waiting = x->q->waiting;

	if (!waiting)
		return false;
	return inodeset_has(waiting, &x->state.st, "") ||
	       inodeset_has(waiting, &x->state.link, "") ||
	       !target_actions[x->step.action].is_independent ||
	       (x->step.action == DST_OVERWRITE &&
		(!S_ISREG(x->state.facts.type) || may_be_source(x)));
}

/* Fail because source and destination are one file. */
static int refuse_same_file(struct existing *x)
{
	(void)inspected_emit(x, OVLCP_EVENT_FAILED, OVLCP_OP_SAME_FILE, 0);
	return -EINVAL;
}

/* Whether @fd, a destination with the device of the source, is another name of it, or is equal to
   it in all that can be seen. 1, 0 or -errno. */
static int is_link_of_source(const struct existing *x, int fd)
{
	const int src_fd = x->q->src->fd;
	int r = same_inode_may_be_link(src_fd, fd);
	void *buffer;

	if (r <= 0)
		return r;
	buffer = session_buffer(x->o);
	/* past the page cache, which has the data of each number */
	return buffer ? exec_same_stored_data(src_fd, fd, buffer, x->o->cancelled, NULL) : -ENOMEM;
}

/* Whether a file in the directory of the destination may be on FUSE. */
static bool is_dir_on_fuse(const struct target *t)
{
	CLEANUP_FD int cwd = t->dir_fd == AT_FDCWD ? sys_open(AT_FDCWD, ".", O_PATH, 0) : -EBADF;
	const int fd = t->dir_fd == AT_FDCWD ? cwd : t->dir_fd;

	return fd < 0 || layer_is_fuse(fd);
}

/* Whether the source and the destination, which have different numbers, differ in what one file has
   once: the size and, on one filesystem, several links. FUSE may answer what was so a second ago.
 */
static bool are_different(const struct existing *x)
{
	const struct stat *src = &x->q->src->st;
	const struct stat *dst = &x->state.st;

	if (src->st_dev == dst->st_dev && src->st_nlink < 2 && dst->st_nlink < 2)
		return true;
	return src->st_size != dst->st_size && !layer_is_fuse(x->q->src->fd) &&
	       !is_dir_on_fuse(x->t);
}

/* Whether @fd, a destination of another filesystem, is the source as that shows it, and is written
   to in place: a file on a lower layer is not, its overlay copies it up. 1, 0 or -errno. */
static int is_view_on_upper(const struct existing *x, int fd)
{
	const struct same_inode_view view = { x->q->src->fd, fd, session_mount_table, x->o };
	int r = same_inode_is_view(&view);
	enum ovlcp_layer layer;

	if (r <= 0)
		return r;
	layer = layer_of(fd, &x->state.st, session_mount_table, x->o);
	return layer != OVLCP_LAYER_LOWER && layer != OVLCP_LAYER_METADATA;
}

/*
 * Whether truncating the destination would empty the source, although they have different numbers:
 * an overlay shows the one as the other, or each name of a file has a number. 1, 0 or -errno.
 */
static int is_view_of_source(const struct existing *x)
{
	const struct source *src = x->q->src;
	CLEANUP_FD int fd = -EBADF;

	if (x->step.action != DST_OVERWRITE || (x->q->opt->flags & OVLCP_ATTRIBUTES_ONLY) ||
	    src->fd < 0 || !src->regular || !S_ISREG(x->state.facts.type) || are_different(x))
		return 0;
	fd = sys_open(x->t->dir_fd, x->t->name, O_RDONLY | O_NONBLOCK | inspected_nofollow(x), 0);
	if (fd == -ENOENT || fd == -ELOOP)
		return 0; /* it has gone: found again when it is opened */
	/* what cannot be read is compared by what was seen of it */
	if (fd < 0)
		return may_be_source(x);
	if (src->st.st_dev == x->state.st.st_dev)
		return is_link_of_source(x, fd);
	return is_view_on_upper(x, fd);
}

/* Let the plan decide, and carry out its action. An enum target_result, or -errno. */
static int decide(struct existing *x)
{
	const struct action *action;
	int r;

	x->step = plan_existing(&x->state.facts, x->q->opt);
	if (must_flush_queue(x))
		return TARGET_BUSY;
	action = &target_actions[x->step.action];
	if (action->changes)
		open_source(x);
	if (x->t->precondition_err.code && (action->changes || is_only_name_taken(x)))
		return refuse_precondition(x);
	r = is_view_of_source(x);
	if (r < 0)
		return inspected_emit(x, OVLCP_EVENT_FAILED, OVLCP_OP_STAT_DESTINATION, -r);
	if (r > 0)
		return refuse_same_file(x);
	return x->q->is_dry ? action->dry(x) : action->carry_out(x);
}

int target_settle_existing(struct ovlcp *o, const struct target_request *q, struct target *t)
{
	struct existing x = { .o = o, .q = q, .t = t };
	int r = target_inspect(o, q, t, &x.state);

	if (r == -ENOENT)
		return t->precondition_err.code ? refuse_precondition(&x) : TARGET_AGAIN;
	if (r < 0)
		return inspected_emit(&x, OVLCP_EVENT_FAILED, OVLCP_OP_STAT_DESTINATION, -r);
	t->st = x.state.st; /* for callers that get TARGET_NOT_OLDER */
	do
		r = decide(&x);
	while (r == TARGET_DECIDE);
	return r;
}
