/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The queue of tasks and the threads that run them.
 *
 * Events that the caller emits while tasks are in flight become a task without work, so that they
 * are emitted in order with the events of the tasks.
 */
#include "pool/pool.h"

#include "pool/adapt.h"
#include "sys/process.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>

/* Default maximum of threads; more gain little, because a filesystem has one journal. */
#define JOBS_AUTO_MAX 8

/* Number of queued events of the caller that become a task before the next one is submitted. */
#define WALK_EVENTS_MAX 256

/* A task without work: events and the first error of the caller's thread. */
struct walk_task {
	struct pool_task task;
	struct event_queue events;
	int error;
};

static void keep_first_error(int *first, int r)
{
	*first = *first ? *first : r;
}

/* Take the oldest task that no thread has taken; NULL if there is none. Call with the lock held. */
static struct pool_task *take_waiting(struct pool *p)
{
	struct pool_task *t = p->waiting;

	if (t) {
		p->waiting = t->next_waiting;
		if (!p->waiting)
			p->waiting_last = NULL;
	}
	return t;
}

/* Run @t. Call with the lock held; it is released while the task runs. */
static void run_task(struct pool *p, struct pool_task *t, struct ovlcp *o)
{
	pthread_mutex_unlock(&p->lock);
	t->run(t, o);
	pthread_mutex_lock(&p->lock);
	t->has_run = true;
	adapt_add(p, t);
	pthread_cond_signal(&p->done);
}

static void *thread_main(void *arg)
{
	struct pool *p = arg;
	struct ovlcp o;
	unsigned int number;

	session_init_worker(&p->model, &o);
	pthread_mutex_lock(&p->lock);
	number = ++p->numbered;
	for (;;) {
		bool is_wanted = number < p->wanted;
		struct pool_task *t = is_wanted ? take_waiting(p) : NULL;

		if (t)
			run_task(p, t, &o);
		else if (p->quit)
			break;
		else
			pthread_cond_wait(is_wanted ? &p->work : &p->parked, &p->lock);
	}
	pthread_mutex_unlock(&p->lock);
	session_done(&o);
	return NULL;
}

/* Start one more thread, if one is wanted and more than one task waits: for a single task, as in a
   tree of one batch, no other thread is needed. It blocks all signals, which are for the threads of
   the caller. */
static void start_thread(struct pool *p)
{
	sigset_t all;
	sigset_t old;

	if (p->started + 1 >= p->wanted || !p->waiting || !p->waiting->next_waiting)
		return;
	sigfillset(&all);
	(void)pthread_sigmask(SIG_SETMASK, &all, &old); /* cannot fail with SIG_SETMASK */
	if (pthread_create(&p->threads[p->started], NULL, thread_main, p) == 0)
		p->started++;
	else
		adapt_limit(p, p->started + 1);
	(void)pthread_sigmask(SIG_SETMASK, &old, NULL);
}

unsigned int pool_jobs(uint32_t jobs)
{
	unsigned int cpus = jobs ? jobs : sys_cpus();

	return jobs || cpus < JOBS_AUTO_MAX ? cpus : JOBS_AUTO_MAX;
}

/* Emit the events that were queued while tasks were in flight. Call when there is none. */
static void emit_walk_events(struct pool *p)
{
	keep_first_error(&p->error, p->walk_error);
	p->walk_error = 0;
	keep_first_error(&p->error, event_queue_flush(&p->walk_events, p->out));
}

static void put_ordered(struct event_sink *sink, const struct ovlcp_event *e)
{
	struct pool *p = (struct pool *)sink;

	if (p->first) {
		p->walk_events.sink.put(&p->walk_events.sink, e);
		return;
	}
	emit_walk_events(p);
	p->out->put(p->out, e);
}

void pool_init(struct pool *p, struct ovlcp *o, struct event_sink *out)
{
	*p = (struct pool){
		.sink = { .put = put_ordered, .cancelled = o->cancelled },
		.out = out,
		.o = o,
	};
	event_queue_init(&p->walk_events, o->cancelled, 0);
}

int pool_start(struct pool *p, unsigned int jobs, size_t capacity)
{
	p->threads = calloc(jobs, sizeof(*p->threads));
	if (!p->threads)
		return -ENOMEM;
	p->max_threads = p->wanted = jobs;
	p->capacity = capacity;
	(void)pthread_mutex_init(&p->lock, NULL); /* these cannot fail with glibc and musl */
	(void)pthread_cond_init(&p->work, NULL);
	(void)pthread_cond_init(&p->parked, NULL);
	(void)pthread_cond_init(&p->done, NULL);
	/* probe once here instead of in every thread */
	(void)session_has_contexts(p->o);
	(void)session_umask(p->o);
	session_init_worker(p->o, &p->model);
	session_init_worker(p->o, &p->own);
	return 0;
}

void pool_adapt(struct pool *p, dev_t src_dev, dev_t dst_dev)
{
	adapt_start(p, src_dev, dst_dev);
}

bool pool_is_started(const struct pool *p)
{
	return p->threads;
}

static void append_task(struct pool *p, struct pool_task *t)
{
	t->next = t->next_waiting = NULL;
	t->has_run = !t->run;
	if (p->last)
		p->last->next = t;
	else
		p->first = t;
	p->last = t;
	p->count++;
	if (!t->run)
		return;
	if (p->waiting_last)
		p->waiting_last->next_waiting = t;
	else
		p->waiting = t;
	p->waiting_last = t;
	pthread_cond_signal(&p->work);
}

/* Complete the oldest task, which has run. Call with the lock held; it is released meanwhile. */
static void complete_first(struct pool *p)
{
	struct pool_task *t = p->first;

	p->first = t->next;
	if (!p->first)
		p->last = NULL;
	p->count--;
	pthread_mutex_unlock(&p->lock);
	keep_first_error(&p->error, t->complete(t, p->out));
	pthread_mutex_lock(&p->lock);
}

/* Complete the tasks that have run, and run others until at most @most are left. Call with the lock
   held. */
static void complete_down_to(struct pool *p, size_t most)
{
	for (;;) {
		struct pool_task *t;

		if (p->first && p->first->has_run) {
			complete_first(p);
			continue;
		}
		if (p->count <= most)
			return;
		start_thread(p);
		t = take_waiting(p);
		if (t)
			run_task(p, t, &p->own);
		else
			pthread_cond_wait(&p->done, &p->lock);
	}
}

static int complete_walk_task(struct pool_task *t, struct event_sink *events)
{
	struct walk_task *w = (struct walk_task *)t;
	int r = w->error;

	keep_first_error(&r, event_queue_flush(&w->events, events));
	free(w);
	return r;
}

/* Append the queued events of the caller as a task. Call with the lock held. */
static void append_walk_events(struct pool *p)
{
	struct walk_task *w;

	if (event_queue_is_empty(&p->walk_events) && !p->walk_error)
		return;
	w = p->first ? malloc(sizeof(*w)) : NULL;
	if (!w) { /* no task is in flight; or memory is short, and the order is lost */
		emit_walk_events(p);
		return;
	}
	*w = (struct walk_task){ .task.complete = complete_walk_task, .error = p->walk_error };
	event_queue_init(&w->events, p->o->cancelled, 0);
	event_queue_splice(&w->events, &p->walk_events);
	p->walk_error = 0;
	append_task(p, &w->task);
}

void pool_submit(struct pool *p, struct pool_task *t)
{
	pthread_mutex_lock(&p->lock);
	append_walk_events(p);
	append_task(p, t);
	start_thread(p);
	complete_down_to(p, p->capacity);
	pthread_mutex_unlock(&p->lock);
}

void pool_set_error(struct pool *p, int r)
{
	keep_first_error(p->first ? &p->walk_error : &p->error, r);
}

bool pool_is_empty(const struct pool *p)
{
	return !p->first;
}

void pool_flush_ready(struct pool *p)
{
	if (!pool_is_started(p) || (event_queue_is_empty(&p->walk_events) && !p->walk_error))
		return;
	pthread_mutex_lock(&p->lock);
	if (!p->first || p->walk_events.count >= WALK_EVENTS_MAX) {
		append_walk_events(p);
		complete_down_to(p, p->capacity);
	}
	pthread_mutex_unlock(&p->lock);
}

void pool_wait(struct pool *p)
{
	if (!pool_is_started(p))
		return;
	pthread_mutex_lock(&p->lock);
	append_walk_events(p);
	complete_down_to(p, 0);
	pthread_mutex_unlock(&p->lock);
}

static void stop_threads(struct pool *p)
{
	pthread_mutex_lock(&p->lock);
	p->quit = true;
	pthread_cond_broadcast(&p->work);
	pthread_cond_broadcast(&p->parked);
	pthread_mutex_unlock(&p->lock);
	for (unsigned int i = 0; i < p->started; i++)
		(void)pthread_join(p->threads[i], NULL); /* fails only for a wrong id */
	session_done(&p->own);
	session_done(&p->model);
	(void)pthread_cond_destroy(&p->work); /* fails only while a thread waits */
	(void)pthread_cond_destroy(&p->parked);
	(void)pthread_cond_destroy(&p->done);
	(void)pthread_mutex_destroy(&p->lock);
	free(p->threads);
}

int pool_done(struct pool *p)
{
	pool_wait(p);
	if (pool_is_started(p))
		stop_threads(p);
	return p->error;
}
