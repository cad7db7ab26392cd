/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A bounded queue with two orders: tasks are begun first come, first served, and ended likewise,
 * by the walk. What the walk itself has to say lies between them, as tasks without work.
 */
#include "job/crew.h"

#include "job/told.h"
#include "sys/sys.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

/* More threads than this do not gain much: the journal of one filesystem is one. */
#define JOBS_AUTO_MAX 8

/* More events of the walk than this become a task of their own. */
#define TALK_MAX 256

struct crew {
	struct ovlcp *o;
	pthread_mutex_t lock;
	/* there is work, or an end to it */
	pthread_cond_t work;
	/* a task is done */
	pthread_cond_t done;
	/* all tasks, in the order in which they end */
	struct task *first;
	struct task *last;
	size_t count;
	size_t capacity;
	/* those that nobody works on */
	struct task *waiting;
	struct task *waiting_last;
	bool quit;
	/* what the walk has said since the last task, and its failure */
	struct told talk;
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
struct talk {
	struct task task;
	struct crew *crew;
	struct told told;
	int noted;
};

/* Take a task to work on, if there is one. With the lock. */
static struct task *take(struct crew *crew)
{
	struct task *t = crew->waiting;

	if (t) {
		crew->waiting = t->next_waiting;
		if (!crew->waiting)
			crew->waiting_last = NULL;
	}
	return t;
}

/* With the lock, which is let go meanwhile. */
static void work_on(struct crew *crew, struct task *t, struct ovlcp *o)
{
	pthread_mutex_unlock(&crew->lock);
	t->work(t, o);
	pthread_mutex_lock(&crew->lock);
	t->done = true;
	pthread_cond_signal(&crew->done);
}

static void *run(void *arg)
{
	struct crew *crew = arg;
	struct ovlcp o;

	session_shadow(&crew->model, &o);
	pthread_mutex_lock(&crew->lock);
	for (;;) {
		struct task *t = take(crew);

		if (t)
			work_on(crew, t, &o);
		else if (crew->quit)
			break;
		else
			pthread_cond_wait(&crew->work, &crew->lock);
	}
	pthread_mutex_unlock(&crew->lock);
	session_done(&o);
	return NULL;
}

/* One more thread, if there is to be one. Signals are for the caller's threads. */
static void start_one(struct crew *crew)
{
	sigset_t all;
	sigset_t old;

	if (crew->started + 1 >= crew->wanted)
		return;
	sigfillset(&all);
	(void)pthread_sigmask(SIG_SETMASK, &all, &old); /* fails for a wrong word only */
	if (pthread_create(&crew->threads[crew->started], NULL, run, crew) == 0)
		crew->started++;
	else
		crew->wanted = crew->started + 1; /* fewer will do */
	(void)pthread_sigmask(SIG_SETMASK, &old, NULL);
}

unsigned int crew_size(uint32_t jobs)
{
	unsigned int cpus = jobs ? jobs : sys_cpus();

	return jobs || cpus < JOBS_AUTO_MAX ? cpus : JOBS_AUTO_MAX;
}

int crew_new(struct ovlcp *o, unsigned int jobs, size_t capacity, struct crew **ret_crew)
{
	struct crew *crew = calloc(1, sizeof(*crew) + jobs * sizeof(*crew->threads));

	if (!crew)
		return -ENOMEM;
	crew->o = o;
	crew->wanted = jobs;
	crew->capacity = capacity;
	(void)pthread_mutex_init(&crew->lock, NULL); /* these cannot fail with Linux' C libraries */
	(void)pthread_cond_init(&crew->work, NULL);
	(void)pthread_cond_init(&crew->done, NULL);
	session_shadow(o, &crew->model);
	session_shadow(o, &crew->own);
	o->told = &crew->talk;
	*ret_crew = crew;
	return 0;
}

static void append(struct crew *crew, struct task *t)
{
	t->next = t->next_waiting = NULL;
	t->done = !t->work;
	if (crew->last)
		crew->last->next = t;
	else
		crew->first = t;
	crew->last = t;
	crew->count++;
	if (!t->work)
		return;
	if (crew->waiting_last)
		crew->waiting_last->next_waiting = t;
	else
		crew->waiting = t;
	crew->waiting_last = t;
	pthread_cond_signal(&crew->work);
}

/* End the first task, which is done. With the lock, which is let go meanwhile. */
static void end_first(struct crew *crew)
{
	struct task *t = crew->first;
	int r;

	crew->first = t->next;
	if (!crew->first)
		crew->last = NULL;
	crew->count--;
	pthread_mutex_unlock(&crew->lock);
	crew->o->told = NULL;
	r = t->end(t);
	crew->o->told = &crew->talk;
	crew->failed = crew->failed ? crew->failed : r;
	pthread_mutex_lock(&crew->lock);
}

/* End what is done, then work until at most @most tasks are left. With the lock. */
static void settle(struct crew *crew, size_t most)
{
	for (;;) {
		struct task *t;

		if (crew->first && crew->first->done) {
			end_first(crew);
			continue;
		}
		if (crew->count <= most)
			return;
		t = take(crew);
		if (t)
			work_on(crew, t, &crew->own);
		else
			pthread_cond_wait(&crew->done, &crew->lock);
	}
}

static int end_talk(struct task *t)
{
	struct talk *talk = (struct talk *)t;
	struct ovlcp *o = talk->crew->o;
	int r = talk->noted;

	told_pass_on(&talk->told, o->on_event, o->event_payload);
	free(talk);
	return r;
}

/* What the walk has said comes before what follows. With the lock. */
static void append_talk(struct crew *crew)
{
	struct talk *talk;

	if (crew->talk.count == 0 && !crew->talk.lost && !crew->noted)
		return;
	talk = crew->first ? malloc(sizeof(*talk)) : NULL;
	if (talk) {
		*talk = (struct talk){
			.task.end = end_talk, .crew = crew, .told = crew->talk, .noted = crew->noted
		};
		append(crew, &talk->task);
	} else {
		/* nothing comes before it; or memory is short, and order with it */
		crew->failed = crew->failed ? crew->failed : crew->noted;
		told_pass_on(&crew->talk, crew->o->on_event, crew->o->event_payload);
	}
	crew->talk = (struct told){ .count = 0 };
	crew->noted = 0;
}

void crew_put(struct crew *crew, struct task *t)
{
	pthread_mutex_lock(&crew->lock);
	append_talk(crew);
	append(crew, t);
	/* a tree of one batch needs nobody else */
	if (crew->waiting && crew->waiting->next_waiting)
		start_one(crew);
	settle(crew, crew->capacity);
	pthread_mutex_unlock(&crew->lock);
}

void crew_note(struct crew *crew, int r)
{
	crew->noted = crew->noted ? crew->noted : r;
}

bool crew_is_idle(struct crew *crew)
{
	return !crew->first; /* only the walk's thread changes it */
}

void crew_poll(struct crew *crew)
{
	if (crew->talk.count == 0 && !crew->noted)
		return;
	pthread_mutex_lock(&crew->lock);
	if (!crew->first || crew->talk.count >= TALK_MAX) {
		append_talk(crew);
		settle(crew, crew->capacity);
	}
	pthread_mutex_unlock(&crew->lock);
}

void crew_drain(struct crew *crew)
{
	pthread_mutex_lock(&crew->lock);
	append_talk(crew);
	settle(crew, 0);
	pthread_mutex_unlock(&crew->lock);
}

int crew_free(struct crew *crew)
{
	int r;

	crew_drain(crew);
	pthread_mutex_lock(&crew->lock);
	crew->quit = true;
	pthread_cond_broadcast(&crew->work);
	pthread_mutex_unlock(&crew->lock);
	for (unsigned int i = 0; i < crew->started; i++)
		(void)pthread_join(crew->threads[i], NULL); /* ours, and joined once */
	crew->o->told = NULL;
	session_done(&crew->own);
	session_done(&crew->model);
	(void)pthread_cond_destroy(&crew->work); /* nobody waits */
	(void)pthread_cond_destroy(&crew->done);
	(void)pthread_mutex_destroy(&crew->lock);
	r = crew->failed;
	free(crew);
	return r;
}
