/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A bounded queue with two orders: tasks are begun first come, first served, and ended likewise,
 * by the walk. What the walk itself has to say lies between them, as tasks without work.
 */
#include "pool/pool.h"

#include "session/event_queue.h"
#include "sys/process.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

/* More threads than this do not gain much: the journal of one filesystem is one. */
#define JOBS_AUTO_MAX 8

/* More events of the walk than this become a task of their own. */
#define TALK_MAX 256

struct pool {
	struct ovlcp *o;
	pthread_mutex_t lock;
	/* there is work, or an end to it */
	pthread_cond_t work;
	/* a task is done */
	pthread_cond_t done;
	/* all tasks, in the order in which they end */
	struct pool_task *first;
	struct pool_task *last;
	size_t count;
	size_t capacity;
	/* those that nobody works on */
	struct pool_task *waiting;
	struct pool_task *waiting_last;
	bool quit;
	/* what the walk has said since the last task, and its failure */
	struct event_queue talk;
	int noted;
	/* the first failure of all, in order */
	int failed;
	/* what the sessions of threads are made from: that of the walk changes meanwhile */
	struct ovlcp model;
	/* a session for the walk's thread when it works */
	struct ovlcp own;
	unsigned int wanted;
	unsigned int started;
	pthread_t threads[];
};

/* What the walk has said, as a task. */
struct walk_events {
	struct pool_task task;
	struct pool *pool;
	struct event_queue told;
	int noted;
};

/* Take a task to work on, if there is one. With the lock. */
static struct pool_task *take(struct pool *pool)
{
	struct pool_task *t = pool->waiting;

	if (t) {
		pool->waiting = t->next_waiting;
		if (!pool->waiting)
			pool->waiting_last = NULL;
	}
	return t;
}

/* With the lock, which is let go meanwhile. */
static void work_on(struct pool *pool, struct pool_task *t, struct ovlcp *o)
{
	pthread_mutex_unlock(&pool->lock);
	t->work(t, o);
	pthread_mutex_lock(&pool->lock);
	t->done = true;
	pthread_cond_signal(&pool->done);
}

static void *run(void *arg)
{
	struct pool *pool = arg;
	struct ovlcp o;

	session_init_worker(&pool->model, &o);
	pthread_mutex_lock(&pool->lock);
	for (;;) {
		struct pool_task *t = take(pool);

		if (t)
			work_on(pool, t, &o);
		else if (pool->quit)
			break;
		else
			pthread_cond_wait(&pool->work, &pool->lock);
	}
	pthread_mutex_unlock(&pool->lock);
	session_done(&o);
	return NULL;
}

/* One more thread, if there is to be one. Signals are for the caller's threads. */
static void start_one(struct pool *pool)
{
	sigset_t all;
	sigset_t old;

	if (pool->started + 1 >= pool->wanted)
		return;
	sigfillset(&all);
	(void)pthread_sigmask(SIG_SETMASK, &all, &old); /* fails for a wrong word only */
	if (pthread_create(&pool->threads[pool->started], NULL, run, pool) == 0)
		pool->started++;
	else
		pool->wanted = pool->started + 1; /* fewer will do */
	(void)pthread_sigmask(SIG_SETMASK, &old, NULL);
}

unsigned int pool_jobs(uint32_t jobs)
{
	unsigned int cpus = jobs ? jobs : sys_cpus();

	return jobs || cpus < JOBS_AUTO_MAX ? cpus : JOBS_AUTO_MAX;
}

int pool_new(struct ovlcp *o, unsigned int jobs, size_t capacity, struct pool **ret_crew)
{
	struct pool *pool = calloc(1, sizeof(*pool) + jobs * sizeof(*pool->threads));

	if (!pool)
		return -ENOMEM;
	pool->o = o;
	pool->wanted = jobs;
	pool->capacity = capacity;
	(void)pthread_mutex_init(&pool->lock, NULL); /* these cannot fail with Linux' C libraries */
	(void)pthread_cond_init(&pool->work, NULL);
	(void)pthread_cond_init(&pool->done, NULL);
	session_init_worker(o, &pool->model);
	session_init_worker(o, &pool->own);
	o->told = &pool->talk;
	*ret_crew = pool;
	return 0;
}

static void append(struct pool *pool, struct pool_task *t)
{
	t->next = t->next_waiting = NULL;
	t->done = !t->work;
	if (pool->last)
		pool->last->next = t;
	else
		pool->first = t;
	pool->last = t;
	pool->count++;
	if (!t->work)
		return;
	if (pool->waiting_last)
		pool->waiting_last->next_waiting = t;
	else
		pool->waiting = t;
	pool->waiting_last = t;
	pthread_cond_signal(&pool->work);
}

/* End the first task, which is done. With the lock, which is let go meanwhile. */
static void end_first(struct pool *pool)
{
	struct pool_task *t = pool->first;
	int r;

	pool->first = t->next;
	if (!pool->first)
		pool->last = NULL;
	pool->count--;
	pthread_mutex_unlock(&pool->lock);
	pool->o->told = NULL;
	r = t->end(t);
	pool->o->told = &pool->talk;
	pool->failed = pool->failed ? pool->failed : r;
	pthread_mutex_lock(&pool->lock);
}

/* End what is done, then work until at most @most tasks are left. With the lock. */
static void settle(struct pool *pool, size_t most)
{
	for (;;) {
		struct pool_task *t;

		if (pool->first && pool->first->done) {
			end_first(pool);
			continue;
		}
		if (pool->count <= most)
			return;
		t = take(pool);
		if (t)
			work_on(pool, t, &pool->own);
		else
			pthread_cond_wait(&pool->done, &pool->lock);
	}
}

static int end_talk(struct pool_task *t)
{
	struct walk_events *talk = (struct walk_events *)t;
	struct ovlcp *o = talk->pool->o;
	int r = talk->noted;

	event_queue_flush(&talk->told, o->on_event, o->event_payload);
	free(talk);
	return r;
}

/* What the walk has said comes before what follows. With the lock. */
static void append_talk(struct pool *pool)
{
	struct walk_events *talk;

	if (pool->talk.count == 0 && !pool->talk.lost && !pool->noted)
		return;
	talk = pool->first ? malloc(sizeof(*talk)) : NULL;
	if (talk) {
		*talk = (struct walk_events){
			.task.end = end_talk, .pool = pool, .told = pool->talk, .noted = pool->noted
		};
		append(pool, &talk->task);
	} else {
		/* nothing comes before it; or memory is short, and order with it */
		pool->failed = pool->failed ? pool->failed : pool->noted;
		event_queue_flush(&pool->talk, pool->o->on_event, pool->o->event_payload);
	}
	pool->talk = (struct event_queue){ .count = 0 };
	pool->noted = 0;
}

void pool_submit(struct pool *pool, struct pool_task *t)
{
	pthread_mutex_lock(&pool->lock);
	append_talk(pool);
	append(pool, t);
	/* a tree of one batch needs nobody else */
	if (pool->waiting && pool->waiting->next_waiting)
		start_one(pool);
	settle(pool, pool->capacity);
	pthread_mutex_unlock(&pool->lock);
}

void pool_set_error(struct pool *pool, int r)
{
	pool->noted = pool->noted ? pool->noted : r;
}

bool pool_is_empty(struct pool *pool)
{
	return !pool->first; /* only the walk's thread changes it */
}

void pool_flush_ready(struct pool *pool)
{
	if (pool->talk.count == 0 && !pool->noted)
		return;
	pthread_mutex_lock(&pool->lock);
	if (!pool->first || pool->talk.count >= TALK_MAX) {
		append_talk(pool);
		settle(pool, pool->capacity);
	}
	pthread_mutex_unlock(&pool->lock);
}

void pool_wait(struct pool *pool)
{
	pthread_mutex_lock(&pool->lock);
	append_talk(pool);
	settle(pool, 0);
	pthread_mutex_unlock(&pool->lock);
}

int pool_free(struct pool *pool)
{
	int r;

	pool_wait(pool);
	pthread_mutex_lock(&pool->lock);
	pool->quit = true;
	pthread_cond_broadcast(&pool->work);
	pthread_mutex_unlock(&pool->lock);
	for (unsigned int i = 0; i < pool->started; i++)
		(void)pthread_join(pool->threads[i], NULL); /* ours, and joined once */
	pool->o->told = NULL;
	session_done(&pool->own);
	session_done(&pool->model);
	(void)pthread_cond_destroy(&pool->work); /* nobody waits */
	(void)pthread_cond_destroy(&pool->done);
	(void)pthread_mutex_destroy(&pool->lock);
	r = pool->failed;
	free(pool);
	return r;
}
