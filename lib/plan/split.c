/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Several threads for the bytes of one file.
 *
 * The surprising fact: two threads never write to one file at the same time, because the kernel
 * locks its inode for each write. They gain because one reads while the other one writes, so no
 * more than two are worth having, and none but one where reading waits for a disk.
 */
#include "plan/split.h"

bool plan_may_split(const struct facts *f, const struct ovlcp_options *opt)
{
	/* who looks for zeros finds them in whatever was read, and the holes end where that did */
	return f->regular && f->allocated >= PLAN_SPLIT_MIN && opt->jobs != 1 &&
	       opt->sparse != OVLCP_SPARSE_ALWAYS && !f->hides_holes;
}

unsigned int plan_split_workers(const struct facts *f, const struct ovlcp_options *opt)
{
	if (!plan_may_split(f, opt) || !f->parallel_writes || !f->src_cached || f->threads < 2)
		return 1;
	return f->threads < PLAN_SPLIT_WORKERS ? f->threads : PLAN_SPLIT_WORKERS;
}
