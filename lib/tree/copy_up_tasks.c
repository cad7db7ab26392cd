/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A task is one file, by its directory and its name. Each thread has a state of its own (a scratch
 * file), which it takes from a list and gives back.
 *
 * The surprising fact: the number of processors does not matter (plan/copyup.h). A copy-up ends
 * with a flush of the upper filesystem, and what waits for one flush is served by it together.
 */
#include "tree/copy_up_tasks.h"

#include "base/fd.h"
#include "plan/copyup.h"
#include "sys/descriptor.h"
#include "sys/process.h"
#include "sys/status.h"

#include <errno.h>
#include <linux/magic.h>
#include <stdlib.h>
#include <string.h>

/* Minimum limit of descriptors that suffices for the tasks and for the rest of the process. */
#define FDS_MIN ((size_t)256)

/* Tasks for each thread. */
#define TASKS_EACH 2

struct idle_copy_up {
	struct idle_copy_up *next;
	struct copy_up_only only;
};

/* A file to be copied up. */
struct copy_up_task {
	struct pool_task task;
	struct copy_up_tasks *tasks;
	/* the directory; owned */
	int dir_fd;
	/* name in it, and path for people; owned */
	char *name;
	char *path;
	struct event_queue events;
	/* result of run_copy_up: 0 or -errno */
	int result;
};

void copy_up_tasks_init(struct copy_up_tasks *t, struct ovlcp *o, struct event_sink *events,
			const struct ovlcp_options *opt)
{
	*t = (struct copy_up_tasks){
		.opt = opt,
		.is_off = plan_copy_up_threads(opt->jobs) == 1 ||
			  (opt->flags & (OVLCP_DRY_RUN | OVLCP_EXPLAIN)) ||
			  sys_fd_limit() < FDS_MIN,
	};
	(void)pthread_mutex_init(&t->lock, NULL); /* cannot fail with glibc and musl */
	pool_init(&t->pool, o, events);
}

/* Take a state for a thread, or make one. NULL if memory is short. */
static struct idle_copy_up *take_state(struct copy_up_tasks *t, struct ovlcp *o,
				       struct event_sink *events)
{
	struct idle_copy_up *state;

	pthread_mutex_lock(&t->lock);
	state = t->idle;
	if (state)
		t->idle = state->next;
	pthread_mutex_unlock(&t->lock);
	if (state)
		return state;
	state = malloc(sizeof(*state));
	if (state)
		copy_up_only_init(&state->only, o, events, t->opt);
	return state;
}

static void give_back(struct copy_up_tasks *t, struct idle_copy_up *state)
{
	pthread_mutex_lock(&t->lock);
	state->next = t->idle;
	t->idle = state;
	pthread_mutex_unlock(&t->lock);
}

/* Copy up the file of @x, by @only. 0; or -errno, which was emitted. */
static int copy_up_one(struct copy_up_task *x, struct copy_up_only *only)
{
	struct source src = { .at_fd = x->dir_fd, .name = x->name, .path = x->path };
	struct err err;
	int r = source_stat(&src, &err);

	r = r < 0 ? event_emit_error(&x->events.sink, OVLCP_EVENT_FAILED, x->path, "", &err)
		  : copy_up_only_file(only, &src);
	source_close(&src);
	return r;
}

/* Called by any thread. */
static void run_copy_up(struct pool_task *task, struct ovlcp *o)
{
	struct copy_up_task *x = (struct copy_up_task *)task;
	struct idle_copy_up *state;

	x->result = -ECANCELED;
	if (session_is_cancelled(o))
		return;
	state = take_state(x->tasks, o, &x->events.sink);
	if (!state) {
		x->result = event_emit_error(&x->events.sink, OVLCP_EVENT_FAILED, x->path, "",
					     &(struct err){ ENOMEM, OVLCP_OP_NONE });
		return;
	}
	state->only.o = o;
	state->only.events.to = &x->events.sink;
	x->result = copy_up_one(x, &state->only);
	give_back(x->tasks, state);
}

static void free_task(struct copy_up_task *x)
{
	fd_drop(&x->dir_fd);
	free(x->name);
	free(x->path);
	free(x);
}

/* Called by the caller's thread, in the order of the walk. */
static int complete_copy_up(struct pool_task *task, struct event_sink *events)
{
	struct copy_up_task *x = (struct copy_up_task *)task;
	const int result = x->result;
	const int r = event_queue_release(&x->events, events);

	free_task(x);
	return result ? result : r;
}

/* A task for @src; NULL if memory or descriptors are short. */
static struct copy_up_task *new_task(struct copy_up_tasks *t, const struct source *src)
{
	struct copy_up_task *x = calloc(1, sizeof(*x));

	if (!x)
		return NULL;
	x->task = (struct pool_task){ .run = run_copy_up, .complete = complete_copy_up };
	x->tasks = t;
	x->dir_fd = sys_dup(src->at_fd);
	x->name = strdup(src->name);
	x->path = strdup(src->path);
	event_queue_init(&x->events, t->pool.o->cancelled, 0);
	if (x->dir_fd >= 0 && x->name && x->path)
		return x;
	free_task(x);
	return NULL;
}

/* Whether the pool is started, perhaps by this call. */
static bool start_threads(struct copy_up_tasks *t)
{
	const unsigned int jobs = plan_copy_up_threads(t->opt->jobs);

	if (pool_is_started(&t->pool))
		return true;
	t->is_off = pool_start(&t->pool, jobs, (size_t)jobs * TASKS_EACH) < 0;
	return !t->is_off;
}

/* Whether the copy-up of the file changes no other file, and is seen by no other copy-up. On
   fuse-overlayfs a sample is judged by the growth of the filesystem (transfer/range_share.h). */
static bool is_independent(const struct source *src)
{
	uint64_t magic;

	return !src->from_caller && !src->follow && S_ISREG(src->st.st_mode) &&
	       src->st.st_nlink == 1 && sys_fs_magic(src->at_fd, &magic) == 0 &&
	       magic == OVERLAYFS_SUPER_MAGIC;
}

bool copy_up_tasks_submit(struct copy_up_tasks *t, const struct source *src)
{
	struct copy_up_task *x;

	if (t->is_off || !is_independent(src) || !start_threads(t))
		return false;
	x = new_task(t, src);
	if (x)
		pool_submit(&t->pool, &x->task);
	return x;
}

void copy_up_tasks_wait(struct copy_up_tasks *t)
{
	pool_wait(&t->pool);
}

int copy_up_tasks_done(struct copy_up_tasks *t)
{
	const int r = pool_done(&t->pool);

	while (t->idle) {
		struct idle_copy_up *state = t->idle;

		t->idle = state->next;
		copy_up_only_done(&state->only);
		free(state);
	}
	(void)pthread_mutex_destroy(&t->lock); /* fails only while it is held */
	return r;
}
