/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * An ordered thread pool: any thread runs a task, the caller completes tasks in the order in
 * which it submitted them.
 *
 * So messages, the first error, and what is done to directories after their contents come out as
 * without threads. It knows sessions and events, and nothing of copies. Until pool_start it has
 * no threads, and its sink passes events on at once.
 *
 * All functions are for the thread that called pool_init.
 */
#ifndef OVL_POOL_POOL_H
#define OVL_POOL_POOL_H

#include "session/event_queue.h"
#include "session/session.h"

#include <pthread.h>

/** A piece of work; the first member of a structure of its own. */
struct pool_task {
	/** The next one in the order of completion; the pool's. */
	struct pool_task *next;
	/** The next one that no thread runs yet; the pool's. */
	struct pool_task *next_waiting;
	/** Whether run has returned; the pool's. */
	bool is_run;
	/** Called by any thread, with a session of that thread's. NULL: nothing to run. */
	void (*run)(struct pool_task *t, struct ovlcp *o);
	/** Called by the caller's thread, in order: emit to @events what there is to emit, free the
	    task. Returns 0, or -errno. */
	int (*complete)(struct pool_task *t, struct event_sink *events);
};

/** The pool. */
struct pool {
	/** For the events of the caller's thread: emitted in their place among those of tasks. */
	struct event_sink sink;
	/** Where all events go in the end. */
	struct event_sink *out;
	/** The session of the caller. */
	struct ovlcp *o;
	/** Guards the lists and is_run; not needed before pool_start. */
	pthread_mutex_t lock;
	/** There is a task to run, or quit is set. */
	pthread_cond_t work;
	/** A task was run. */
	pthread_cond_t done;
	/** All tasks, in the order of completion; changed by the caller's thread only. */
	struct pool_task *first;
	struct pool_task *last;
	/** Number of tasks, and the most there may be. */
	size_t count;
	size_t capacity;
	/** Those that no thread runs yet. */
	struct pool_task *waiting;
	struct pool_task *waiting_last;
	bool quit;
	/** Events and the first error of the caller's thread since the last task. */
	struct event_queue walk_events;
	int walk_error;
	/** The first error of all, in order. */
	int failed;
	/** What the sessions of threads are made from; the caller's own changes meanwhile. */
	struct ovlcp model;
	/** A session for the caller's thread when it runs a task. */
	struct ovlcp own;
	/** Threads with the caller's own; those that were started; room for their ids. */
	unsigned int wanted;
	unsigned int started;
	pthread_t *threads;
};

/** How many threads ovlcp_options.jobs stands for. */
unsigned int pool_jobs(uint32_t jobs);

/** Make a pool without threads. @o, @out: borrowed until pool_done. Must not be moved. */
void pool_init(struct pool *p, struct ovlcp *o, struct event_sink *out);

/**
 * Let tasks be submitted. @jobs: threads, the caller's among them; the others start when there is
 * work. @capacity: most tasks at a time. 0; or -ENOMEM, and nothing has changed.
 */
int pool_start(struct pool *p, unsigned int jobs, size_t capacity);

/** Whether pool_start has succeeded. */
bool pool_is_started(const struct pool *p);

/** Submit a task; takes it. Runs tasks or waits while the pool is full. */
void pool_submit(struct pool *p, struct pool_task *t);

/** Record the result of what the caller's thread has done itself, in its place among those of
    tasks. @r: 0 or -errno. */
void pool_set_error(struct pool *p, int r);

/** Whether every task is complete. */
bool pool_is_empty(const struct pool *p);

/** Complete what can be completed without waiting. */
void pool_flush_ready(struct pool *p);

/** Run and complete all tasks. */
void pool_wait(struct pool *p);

/** Complete all tasks, end the threads, free the memory. Returns 0, or the first -errno. */
int pool_done(struct pool *p);

#endif
