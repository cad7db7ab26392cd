/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * From the first attempt to the last byte: ask the plan, carry out its step, tell it the
 * outcome, until it is done.
 *
 * No fallback is written here; a new one is a row in plan/method.c and, if it needs a new
 * method, a function in the table below.
 */
#include "job/transfer.h"

#include "exec/exec.h"
#include "plan/plan.h"
#include "probe/place.h"
#include "sys/sys.h"

#include <errno.h>

/* No filesystem keeps this much data in an inode. */
#define BLOCK 4096

/* A transfer while it goes on. */
struct transfer {
	struct ovlcp *o;
	const struct transfer_request *q;
	struct facts facts;
	struct plan_past past;
	size_t donor_next;
	struct exec_copy copy;
	/* The last failure, and the step that failed. */
	struct err last;
	enum plan_method last_failed;
};

static int do_clone(struct transfer *t)
{
	const struct source *src = t->q->src;
	int r = sys_clone(t->q->dst->fd, src->fd);

	if (plan_classify(PLAN_CLONE, -r) == CLASS_UNSUPPORTED)
		caps_learn(&t->o->caps, src->st.st_dev, t->q->dst->st.st_dev, ANSWER_NO);
	return r;
}

static int do_clone_donor(struct transfer *t)
{
	int r = donors_clone(t->q->donors, t->donor_next++, t->q->dst->fd);

	t->facts.donor_ready = t->donor_next < t->q->donors->count;
	return r;
}

static int do_look(struct transfer *t)
{
	place_look(&(struct place_question){ .src_fd = t->q->src->fd,
					     .dst_fd = t->q->dst->fd,
					     .src = &t->q->src->st,
					     .layout = session_layout,
					     .payload = t->o },
		   &t->facts);
	return 0;
}

static int do_ask(struct transfer *t)
{
	dev_t dev = t->q->dst->st.st_dev;
	enum answer *answer = &t->facts.dst_clones;
	int r;

	*answer = caps_ask(&t->o->caps, dev, dev);
	if (*answer != ANSWER_NOT_ASKED)
		return 0;
	r = sys_clone_probe(t->q->dst->fd);
	*answer = r == 0 ? ANSWER_YES : ANSWER_NO;
	/* a destination that is not readable cannot be asked: no answer of its filesystem */
	if (r == 0 || plan_classify(PLAN_CLONE, -r) == CLASS_UNSUPPORTED)
		caps_learn(&t->o->caps, dev, dev, *answer);
	return 0;
}

static int do_copy_up(struct transfer *t)
{
	int r = source_copy_up(t->o, t->q->src, t->facts.metadata_only);

	t->copy.src_fd = t->q->src->fd;
	return r;
}

static int do_range(struct transfer *t)
{
	int r = exec_range(&t->copy);

	/* where sharing is required, bytes that were copied after all are not what was asked;
	   a file of less than a block may lie in its inode, then there is nothing to share */
	if (r == 0 && t->q->opt->reflink == OVLCP_REFLINK_ALWAYS && t->copy.size >= BLOCK &&
	    sys_shared_bytes(t->q->dst->fd) <= 0)
		r = -EXDEV;
	return r;
}

static int do_read_write(struct transfer *t)
{
	int r;

	t->copy.buffer = session_buffer(t->o);
	r = t->copy.buffer ? exec_read_write(&t->copy) : -ENOMEM;
	t->q->src->spent = !t->q->src->regular && t->copy.consumed;
	return r;
}

static const struct {
	int (*carry_out)(struct transfer *t);
	enum ovlcp_method method;
	enum ovlcp_op op;
} steps[PLAN_METHODS] = {
	[PLAN_CLONE] = { do_clone, OVLCP_METHOD_CLONE, OVLCP_OP_CLONE },
	[PLAN_CLONE_DONOR] = { do_clone_donor, OVLCP_METHOD_CLONE_DONOR, OVLCP_OP_CLONE },
	[PLAN_CLONE_UPPER] = { do_clone, OVLCP_METHOD_CLONE_UPPER, OVLCP_OP_CLONE },
	[PLAN_LOOK] = { do_look, OVLCP_METHOD_NONE, OVLCP_OP_NONE },
	[PLAN_ASK] = { do_ask, OVLCP_METHOD_NONE, OVLCP_OP_NONE },
	[PLAN_COPY_UP] = { do_copy_up, OVLCP_METHOD_NONE, OVLCP_OP_COPY_UP },
	[PLAN_RANGE] = { do_range, OVLCP_METHOD_COPY_RANGE, OVLCP_OP_COPY_RANGE },
	[PLAN_READ_WRITE] = { do_read_write, OVLCP_METHOD_READ_WRITE, OVLCP_OP_WRITE },
};

static void remember(struct transfer *t, enum plan_method method, int r)
{
	enum ovlcp_op op = t->copy.failed_op ? t->copy.failed_op : steps[method].op;

	t->past.error[method] = r < 0 ? -r : 0;
	t->past.outcome[method] =
		r == EXEC_SHORT ? CLASS_SHORT : plan_classify(method, t->past.error[method]);
	if (r < 0) {
		t->last = (struct err){ -r, op };
		t->last_failed = method;
	}
}

/* Whether the last failure was of the kind that ends everything, and says all by itself. */
static bool stopped(const struct transfer *t)
{
	return t->past.outcome[t->last_failed] == CLASS_TERMINAL;
}

/*
 * The failure that counts: the last one; but where a clone was required and nothing worse
 * happened, that there is none.
 */
static struct err failure(const struct transfer *t)
{
	int clone = t->past.error[PLAN_CLONE];

	if (stopped(t) || t->q->opt->reflink != OVLCP_REFLINK_ALWAYS)
		return t->last;
	return (struct err){ clone ? clone : EOPNOTSUPP, OVLCP_OP_CLONE };
}

static void fill(const struct transfer *t, enum plan_method method, struct transfer_result *res)
{
	int64_t shared = 0;

	res->method = steps[method].method;
	res->why = plan_why(&t->facts, t->q->opt, &t->past);
	res->written = t->copy.written;
	if (res->method != OVLCP_METHOD_COPY_RANGE && res->method != OVLCP_METHOD_READ_WRITE) {
		res->shared = t->q->src->size;
		return;
	}
	res->donor = plan_is_donor(&t->facts, t->q->opt);
	/* the kernel does not say whether copy_file_range shared, so look, if anybody cares */
	if (res->method == OVLCP_METHOD_COPY_RANGE && (t->q->opt->flags & OVLCP_EXPLAIN))
		shared = sys_shared_bytes(t->q->dst->fd);
	if (shared > 0) {
		/* extents are whole blocks, the file may end before */
		res->shared = (uint64_t)shared < res->written ? (uint64_t)shared : res->written;
		res->written -= res->shared;
	}
	if (res->shared > 0 && res->written == 0)
		res->why = OVLCP_WHY_NONE;
}

static void begin(struct transfer *t)
{
	const struct source *src = t->q->src;
	const struct target *dst = t->q->dst;
	bool both_regular = src->regular && S_ISREG(dst->st.st_mode);

	t->facts = (struct facts){
		.regular = both_regular,
		.size = src->size,
		.sparse = both_regular && src->sparse,
		.in_tree = !src->named,
		.destinations = t->q->destinations,
		.more_follow = t->q->more_follow,
		.donor_ready = both_regular && t->q->donors->count > 0,
		.pair_cannot_clone =
			caps_ask(&t->o->caps, src->st.st_dev, dst->st.st_dev) == ANSWER_NO,
	};
	/* a copy-up is tried once per source, and its failure may concern every destination */
	t->past.outcome[PLAN_COPY_UP] = src->copy_up;
	t->past.error[PLAN_COPY_UP] = src->copy_up_error;
	t->last = (struct err){ src->copy_up_error, OVLCP_OP_COPY_UP };
	t->last_failed = PLAN_COPY_UP;
	t->copy = (struct exec_copy){
		.src_fd = src->fd,
		.dst_fd = dst->fd,
		.size = src->size,
		.src_seekable = both_regular,
		.dst_seekable = S_ISREG(dst->st.st_mode),
		/* what fills the holes reads them, what punches them finds them itself */
		.sparse = both_regular && src->sparse && t->q->opt->sparse != OVLCP_SPARSE_NEVER,
		.punch = S_ISREG(dst->st.st_mode) && t->q->opt->sparse == OVLCP_SPARSE_ALWAYS,
		.cancelled = &t->o->cancelled,
	};
}

int transfer(struct ovlcp *o, const struct transfer_request *q, struct transfer_result *ret_res)
{
	struct transfer t = { .o = o, .q = q };
	enum plan_method data = PLAN_DONE;

	begin(&t);
	*ret_res = (struct transfer_result){ 0 };
	for (;;) {
		struct plan_step step = plan_next(&t.facts, q->opt, &t.past);

		if (step.method == PLAN_DONE)
			break;
		ret_res->row = step.row;
		if (step.method == PLAN_FAIL) {
			if (!stopped(&t))
				ret_res->why = plan_why(&t.facts, q->opt, &t.past);
			ret_res->err = failure(&t);
			return -ret_res->err.code;
		}
		t.copy.failed_op = OVLCP_OP_NONE;
		remember(&t, step.method, steps[step.method].carry_out(&t));
		data = step.method;
	}
	fill(&t, data, ret_res);
	return 0;
}
