/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Carries out what plan/threads.c decides. The windows are measured by meter.c; which threads take
 * tasks is up to pool.c, by wanted.
 */
#include "pool/adapt.h"

#include "plan/threads.h"

/* Let @threads threads take tasks, including the caller's. Call with the lock held. */
static void set_wanted(struct pool *p, unsigned int threads)
{
	if (threads == p->wanted)
		return;
	p->wanted = threads;
	/* all look again what they are to wait for: a signal for a task is not to wake a thread
	   that may not take it */
	pthread_cond_broadcast(&p->work);
	pthread_cond_broadcast(&p->parked);
}

/*
 * Measuring starts after the first task: the caller's thread has filled the pool then, which
 * remains full whatever the number of threads is, so that each window has as much of the walk in it
 * as of the tasks.
 */
void adapt_add(struct pool *p, const struct pool_task *t)
{
	unsigned int before = p->wanted;
	struct plan_window w;

	if (!p->is_adaptive || (p->settling > 0 && --p->settling > 0))
		return;
	if (!meter_is_started(&p->meter)) {
		meter_start(&p->meter, p->o);
		return;
	}
	if (!meter_add(&p->meter, p->o, t->files, &w))
		return;
	set_wanted(p, plan_threads_next(&p->o->threads, &w));
	if (p->wanted == before) {
		meter_start(&p->meter, p->o);
		return;
	}
	p->settling = before > p->wanted ? before : p->wanted;
	meter_stop(&p->meter);
}

void adapt_limit(struct pool *p, unsigned int threads)
{
	p->max_threads = threads;
	if (p->is_adaptive)
		plan_threads_init(&p->o->threads, threads);
	set_wanted(p, p->is_adaptive ? 1 : threads);
}

void adapt_start(struct pool *p, dev_t src_dev, dev_t dst_dev)
{
	struct ovlcp *o = p->o;

	if (o->threads.max != p->max_threads || o->threads_src_dev != src_dev ||
	    o->threads_dst_dev != dst_dev)
		plan_threads_init(&o->threads, p->max_threads);
	o->threads_src_dev = src_dev;
	o->threads_dst_dev = dst_dev;
	p->is_adaptive = true;
	p->wanted = o->threads.threads;
}
