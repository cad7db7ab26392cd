/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Carries out the steps of a transfer, one function each.
 *
 * What a step learns goes into the facts. The next step is not chosen here (plan/method.c).
 */
#include "transfer/steps.h"

#include "exec/data.h"
#include "exec/data_segments.h"
#include "exec/split.h"
#include "plan/copyup.h"
#include "plan/errclass.h"
#include "plan/policy.h"
#include "plan/split.h"
#include "probe/fs_pair_cache.h"
#include "probe/layer.h"
#include "probe/overlay_relation.h"
#include "probe/page_cache.h"
#include "probe/parallel_write.h"
#include "source/copyup.h"
#include "sys/descriptor.h"
#include "sys/extents.h"
#include "sys/flags.h"
#include "sys/process.h"
#include "sys/share.h"
#include "sys/status.h"
#include "transfer/obstacle.h"
#include "transfer/range_share.h"

#include <errno.h>

/* Bytes of a sample: more than STEP_BLOCK, and a multiple of every block size. */
#define SAMPLE_SIZE ((uint64_t)64 << 10)

int step_clone(struct transfer *t)
{
	return sys_clone(t->q->dst->fd, t->q->src->fd);
}

int step_clone_donor(struct transfer *t)
{
	int r = donors_clone(t->q->donors, t->donor_next++, t->q->dst->fd);

	t->facts.donor_ready = t->donor_next < t->q->donors->count;
	return r;
}

int step_sample_clone(const struct transfer *t)
{
	int fd = t->q->dst->fd;
	int r = sys_clone_range(fd, t->q->src->fd, t->q->src->size > SAMPLE_SIZE ? SAMPLE_SIZE : 0);

	return r < 0 ? r : exec_discard(fd, 0);
}

int step_match_flag(struct transfer *t)
{
	int fd = t->q->dst->fd;
	int src = sys_get_nocow(t->q->src->fd);
	int dst = sys_get_nocow(fd);
	int r = -EINVAL;

	if (src < 0 || dst < 0)
		return -EINVAL;
	/* btrfs compares whether the data has checksums. A source without them need not have the
	   flag: it may have been written under the mount option nodatasum, which cannot be seen
	   later. So try the flag of the source, then nodatacow. */
	for (int nocow = src; nocow <= 1 && r == -EINVAL; nocow++) {
		r = sys_set_nocow(fd, nocow);
		if (r == 0)
			r = step_sample_clone(t);
	}
	if (r < 0)
		(void)sys_set_nocow(fd, dst); /* restore it for the step that copies the bytes */
	return r;
}

/*
 * Find out what a copy-up would do to the source, and what it costs. This is skipped if the policy
 * refuses a copy-up, as for files of a tree. An explanation needs it also if an option refuses it,
 * and so does the message of a copy that fails because it cannot share: other options do not help
 * against harm.
 */
static void probe_harm(struct transfer *t, const struct relation_question *q)
{
	const enum ovlcp_reason refusal = plan_copy_up_refusal(&t->facts, t->q->opt);
	uint64_t data;
	uint64_t copied_up;

	if (refusal != OVLCP_REASON_NONE &&
	    !(plan_is_refusal_by_option(refusal) &&
	      ((t->q->opt->flags & OVLCP_EXPLAIN) || plan_must_share(t->q->opt))))
		return;
	data = source_data_bytes(t->q->src);
	copied_up = source_copy_up_bytes(t->q->src);
	t->facts.hole_bytes = t->q->src->size - data;
	t->facts.filled_bytes = copied_up > data ? copied_up - data : 0;
	if (t->facts.relation == RELATION_SAME_FUSE_OVERLAY)
		t->facts.filled_bytes = t->facts.hole_bytes; /* at worst */
	relation_probe_harm(q, &t->facts);
}

/*
 * Find out what would prevent a copy-up that an option refuses, where that is told: other options
 * do not help against it either.
 */
static void probe_obstacle(struct transfer *t)
{
	const enum ovlcp_reason refusal = plan_copy_up_refusal(&t->facts, t->q->opt);

	if (plan_is_refusal_by_option(refusal) && t->facts.copy_up_harm == OVLCP_REASON_NONE &&
	    ((t->q->opt->flags & OVLCP_EXPLAIN) || plan_must_share(t->q->opt)))
		t->facts.copy_up_harm =
			obstacle_to_copy_up(t->o, t->q->src, t->facts.copy_up_opens);
}

/* Find out by the directories that the two are in what their mounts did not tell. */
static void compare_directories(struct transfer *t, const struct relation_question *q)
{
	struct stat dst;
	dev_t src;

	if (source_directory_dev(t->q->src, &src) == 0 &&
	    sys_stat(t->q->dst->dir_fd, ".", true, &dst) == 0)
		relation_probe_directories(q, src, dst.st_dev, &t->facts);
}

int step_classify_pair(struct transfer *t)
{
	const struct relation_question q = { .src_fd = t->q->src->fd,
					     .dst_fd = t->q->dst->fd,
					     .src = &t->q->src->st,
					     .mounts = session_mount_table,
					     .payload = t->o };

	if (t->pair.relation == RELATION_UNKNOWN)
		relation_probe(&q, &t->facts);
	else
		t->facts.relation = t->pair.relation;
	if (t->facts.relation == RELATION_UNCLEAR)
		compare_directories(t, &q);
	t->pair.relation = t->facts.relation;
	t->pair.leaves_overlay = t->facts.leaves_overlay;
	t->pair.enters_overlay = t->facts.enters_overlay;
	t->pair.dst_on_fuse_overlay = t->facts.dst_on_fuse_overlay;
	if (t->facts.relation == RELATION_SAME_OVERLAY ||
	    t->facts.relation == RELATION_SAME_FUSE_OVERLAY)
		probe_harm(t, &q);
	if (t->facts.relation == RELATION_SAME_OVERLAY)
		probe_obstacle(t);
	return 0;
}

int step_probe_clone(struct transfer *t)
{
	dev_t dev = t->q->dst->st.st_dev;
	struct fs_pair self = fs_pair_get(t->o->fs_pairs, dev, dev);
	enum answer *answer = &t->facts.dst_clones;
	int r;

	*answer = self.clones;
	if (*answer != ANSWER_NOT_ASKED)
		return 0;
	r = sys_clone_probe(t->q->dst->fd);
	if (r == -EBADF && layer_is_fuse(t->q->dst->fd))
		r = -EOPNOTSUPP;
	*answer = r == 0 ? ANSWER_YES : ANSWER_NO;
	/* EBADF: the destination is not readable, which says nothing about its filesystem */
	if (r == 0 || plan_classify(PLAN_CLONE, -r) == CLASS_UNSUPPORTED) {
		self.clones = *answer;
		fs_pair_put(t->o->fs_pairs, &self);
		if (t->pair.src == t->pair.dst)
			t->pair.clones = *answer;
	}
	return 0;
}

int step_seek_layer(struct transfer *t)
{
	return source_open_layer_file(t->o, t->q->src, t->q->dst->st.st_dev);
}

int step_clone_layer(struct transfer *t)
{
	return sys_clone(t->q->dst->fd, t->q->src->layer_fd);
}

int step_copy_up(struct transfer *t)
{
	int r = source_copy_up(t->o, t->q->src, t->q->dst->events, &t->facts);

	t->copy.src_fd = t->q->src->fd;
	return r;
}

/* Choose a sample at the first data of the source. Returns its length in bytes, 0 without data. */
static uint64_t choose_sample(const struct transfer *t, uint64_t *ret_start)
{
	struct data_segment seg = { 0, t->copy.size };
	uint64_t len;

	if (t->copy.sparse && data_segment_next(t->q->src->fd, 0, &seg) <= 0)
		return 0;
	*ret_start = seg.start;
	len = (seg.end < t->copy.size ? seg.end : t->copy.size) - seg.start;
	return len < SAMPLE_SIZE ? len : SAMPLE_SIZE;
}

int step_sample_range(const struct transfer *t)
{
	uint64_t start = 0;
	uint64_t len = choose_sample(t, &start);
	int fd = t->q->dst->fd;
	int64_t r = len ? sys_copy_range(t->q->src->fd, start, fd, 0, len) : 0;
	int64_t shared;

	if (r < 0)
		return (int)r;
	if (r == 0)
		return len ? -ENODATA : 0;
	shared = sys_shared_bytes(fd);
	return exec_discard(fd, shared > 0);
}

/* Count the shared bytes of a complete copy, because copy_file_range does not return them. 0 if
   they cannot be counted. */
static uint64_t count_shared(int fd)
{
	int64_t shared = sys_shared_bytes(fd);

	return shared > 0 ? (uint64_t)shared : 0;
}

int step_range(struct transfer *t)
{
	int r;

	/* if sharing is required, copied bytes are a failure. A file below the size of a block may
	   be stored in the inode, so that there is nothing to share. */
	if (plan_must_share(t->q->opt) && t->copy.size >= STEP_BLOCK && !range_share_is_proven(t)) {
		int shares = step_sample_range(t);

		if (shares <= 0)
			return shares < 0 && shares != -ENODATA ? shares : -EXDEV;
	}
	r = exec_range(&t->copy);
	if (r == 0 && range_share_is_proven(t))
		t->range_shared = t->copy.size;
	else if (r == 0 && (t->q->opt->flags & OVLCP_EXPLAIN))
		t->range_shared = count_shared(t->copy.dst_fd);
	return r;
}

/* Number of threads that may copy the data, with this one. */
static unsigned int allowed_threads(const struct transfer *t)
{
	/* beyond the limit a write fails, and it is to be the first one that does */
	if (t->o->is_worker || t->copy.size > sys_file_size_limit())
		return 1;
	return t->q->opt->jobs ? t->q->opt->jobs : sys_cpus();
}

/* Find out whether several threads would copy the bytes faster. */
static void learn_split(struct transfer *t)
{
	struct facts *f = &t->facts;

	f->threads = allowed_threads(t);
	if (f->threads < 2)
		return;
	f->hides_holes = source_hides_holes(t->q->src);
	f->parallel_writes = parallel_write_pays(t->q->dst->fd, !f->pair_cannot_clone &&
									f->dst_clones != ANSWER_NO);
	if (f->parallel_writes)
		f->src_cached = page_cache_has(t->q->src->fd, &t->q->src->st);
}

/* Number of threads that read and write, with this one. */
static unsigned int choose_workers(struct transfer *t)
{
	if (plan_may_split(&t->facts, t->q->opt))
		learn_split(t);
	return plan_split_workers(&t->facts, t->q->opt);
}

void step_mark_consumed(struct transfer *t)
{
	t->q->src->consumed = !t->copy.src_seekable && t->copy.consumed;
}

int step_read_write(struct transfer *t)
{
	int r = -ENOMEM;

	if (t->q->src->consumed) {
		t->copy.failed_op = OVLCP_OP_SOURCE_CONSUMED;
		return -ESPIPE;
	}
	t->copy.buffer = session_buffer(t->o);
	if (t->copy.buffer)
		r = exec_split(&t->copy, choose_workers(t));
	/* which copies as a stream what has no offsets */
	if (r == 0 || r == -ESPIPE)
		r = exec_read_write(&t->copy);
	step_mark_consumed(t);
	return r;
}
