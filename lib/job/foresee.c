/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What the steps of a transfer would come to, found out in a dry run.
 *
 * The destination is a stage then: a file without a name on the right filesystem, on which a
 * little may be tried. The source is only read. What cannot be known without doing it: a lease
 * on the source, a running program of another user, a limit on disk space by quota.
 */
#include "job/steps.h"

#include "job/running.h"
#include "plan/plan.h"
#include "sys/sys.h"

#include <errno.h>
#include <fcntl.h>

/* Enough to be more than fits into an inode, and whole blocks of any size. */
#define SAMPLE ((uint64_t)64 << 10)

static uint64_t least(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

/* Whether the two differ in the flag that btrfs clones only between equals. */
static bool flags_differ(int a, int b)
{
	int of_a = sys_get_nocow(a);
	int of_b = sys_get_nocow(b);

	return of_a >= 0 && of_b >= 0 && of_a != of_b;
}

int foresee_clone(struct transfer *t)
{
	dev_t src = t->q->src->st.st_dev;
	dev_t dst = t->q->dst->st.st_dev;
	int r = sys_clone_range_probe(t->q->dst->fd, t->q->src->fd);

	if (plan_classify(PLAN_CLONE, -r) == CLASS_UNSUPPORTED)
		caps_learn(&t->o->caps, src, dst, ANSWER_NO);
	if (r != -EINVAL)
		return r;
	return flags_differ(t->q->src->fd, t->q->dst->fd) ? -EINVAL : 0;
}

int foresee_clone_upper(struct transfer *t)
{
	/* the row comes only where the upper layer's filesystem can clone */
	(void)t;
	return 0;
}

/* What opening the source for writing would answer, as far as it can be told. */
static int may_be_opened(const struct source *s)
{
	char path[SYS_FD_PATH_SIZE];

	sys_fd_path(s->fd, path);
	return running_is(&s->st) ? -ETXTBSY : sys_may_write(AT_FDCWD, path);
}

static int has_room(int fd, uint64_t bytes)
{
	struct sys_fs_numbers n;

	if (sys_fs_numbers(fd, &n) < 0)
		return 0;
	return n.blocks_free * n.block_size < bytes ? -ENOSPC : 0;
}

int foresee_copy_up(struct transfer *t)
{
	struct source *s = t->q->src;

	if (s->copy_up == CLASS_NOT_TRIED) {
		int r = may_be_opened(s);

		if (r == 0)
			r = has_room(s->fd, source_data_bytes(s));
		s->copy_up_error = -r;
		s->copy_up = plan_classify(PLAN_COPY_UP, s->copy_up_error);
		if (r == 0)
			s->copied_up_unreported = s->size;
	}
	return -s->copy_up_error;
}

/* Where the sample is taken: at the first data. Its length, or 0 if there is none. */
static uint64_t sample(const struct transfer *t, uint64_t *ret_start)
{
	struct segment seg = { 0, t->copy.size };

	if (t->copy.sparse && segment_next(t->q->src->fd, 0, &seg) <= 0)
		return 0;
	*ret_start = seg.start;
	return least(least(seg.end, t->copy.size) - seg.start, SAMPLE);
}

int foresee_range(struct transfer *t)
{
	const uint64_t data = source_data_bytes(t->q->src);
	uint64_t start = 0;
	uint64_t len = sample(t, &start);
	int fd = t->q->dst->fd;
	int64_t r = len ? sys_copy_range(t->q->src->fd, start, fd, 0, len) : 0;

	if (r < 0)
		return (int)r;
	if (len && r == 0)
		return EXEC_SHORT;
	t->copy.written = data;
	if (len && sys_shared_bytes(fd) > 0)
		t->range_shared = data;
	(void)sys_truncate(fd, 0); /* the stage is thrown away anyway */
	if (t->q->opt->reflink == OVLCP_REFLINK_ALWAYS && t->range_shared == 0)
		return -EXDEV;
	return 0;
}

int foresee_read_write(struct transfer *t)
{
	t->copy.written = source_data_bytes(t->q->src);
	return 0;
}
