/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A bounded, ordered thread pool: any thread runs a task, the caller completes the tasks in
 * submission order.
 *
 * So events, the first error, and what is done to a directory after its contents come out as they
 * would without threads. The pool knows sessions and events, but not copies. Before pool_start it
 * has no threads, and its sink passes events on at once.
 *
 * Only the thread that called pool_init may call these functions.
 */
#ifndef OVL_POOL_POOL_H
#define OVL_POOL_POOL_H

#include "pool/meter.h"
#include "session/event_queue.h"
#include "session/session.h"

#include <pthread.h>

/** A unit of work; the first member of a larger structure. */
struct pool_task {
	/** Next task in the order of completion; used by the pool. */
	struct pool_task *next;
	/** Next task that no thread has taken; used by the pool. */
	struct pool_task *next_waiting;
	/** True once run has returned; used by the pool. */
	bool has_run;
	/** Number of files that it copies, for pool_adapt. */
	size_t files;
	/** Called by any thread with the session of that thread. NULL: nothing to run. */
	void (*run)(struct pool_task *t, struct ovlcp *o);
	/** Called by the caller's thread, in submission order: emits the events of the task into
	    @events and frees the task. Returns 0, or -errno. */
	int (*complete)(struct pool_task *t, struct event_sink *events);
};

/** The pool. */
struct pool {
	/** Takes events of the caller's thread and emits them in order with those of the tasks. */
	struct event_sink sink;
	/** Where all events go; borrowed. */
	struct event_sink *out;
	/** The session of the caller; borrowed. */
	struct ovlcp *o;
	/** Guards what threads share: the task lists, has_run, quit, and the fields from
	   max_threads to numbered, with o->threads; initialized by pool_start. */
	pthread_mutex_t lock;
	/** Signalled when a task can be taken, quit is set or wanted has changed; for the threads
	    that may take one. */
	pthread_cond_t work;
	/** Signalled when quit is set or wanted has grown, for the threads that are parked. */
	pthread_cond_t parked;
	/** Signalled when a task has run. */
	pthread_cond_t done;
	/** Oldest task in the order of completion; only the caller's thread changes this list. */
	struct pool_task *first;
	/** Newest task. */
	struct pool_task *last;
	/** Number of tasks. */
	size_t count;
	/** Maximum number of tasks. */
	size_t capacity;
	/** Oldest task that no thread has taken. */
	struct pool_task *waiting;
	/** Newest task that no thread has taken. */
	struct pool_task *waiting_last;
	/** True when the threads have to end. */
	bool quit;
	/** Events that the caller's thread has emitted since the last task was submitted. */
	struct event_queue walk_events;
	/** First error of the caller's thread since then: 0 or -errno. */
	int walk_error;
	/** First error of all, in the order of completion: 0 or -errno. */
	int error;
	/** Template for the sessions of threads, because the caller's session changes meanwhile. */
	struct ovlcp model;
	/** Session of the caller's thread while it runs a task. */
	struct ovlcp own;
	/** Maximum number of threads, including the caller's. */
	unsigned int max_threads;
	/** Number of threads that take tasks at present, including the caller's; max_threads unless
	    is_adaptive. */
	unsigned int wanted;
	/** Whether wanted follows what threads gain. */
	bool is_adaptive;
	/** The present window of measuring, if so. */
	struct pool_meter meter;
	/** Number of threads that were started, without the caller's. */
	unsigned int started;
	/** Number of tasks that are not measured yet, because they may have begun before wanted
	    changed. */
	unsigned int settling;
	/** Number of started threads that have their number. */
	unsigned int numbered;
	/** Ids of the started threads; owned. NULL before pool_start. */
	pthread_t *threads;
};

/** Return the number of threads for ovlcp_options.jobs; 0 means one per CPU, at most 8. */
unsigned int pool_jobs(uint32_t jobs);

/** Initialize a pool without threads. It must not be moved. @o, @out: borrowed until pool_done. */
void pool_init(struct pool *p, struct ovlcp *o, struct event_sink *out);

/**
 * Allow tasks to be submitted.
 * @jobs: number of threads, including the caller's; the others start when there is work.
 * @capacity: maximum number of tasks at a time.
 * Returns 0; or -ENOMEM, and the pool is unchanged.
 */
int pool_start(struct pool *p, unsigned int jobs, size_t capacity);

/**
 * Let the number of threads follow what they gain, from one to the maximum: some of the started
 * threads are parked. Call it after pool_start, before any task. What was found out is kept in the
 * session for the next pool that copies from @src_dev to @dst_dev (st_dev).
 */
void pool_adapt(struct pool *p, dev_t src_dev, dev_t dst_dev);

/** Return whether pool_start has succeeded. */
bool pool_is_started(const struct pool *p);

/** Submit @t and take ownership of it. While the pool is full, run tasks or wait. */
void pool_submit(struct pool *p, struct pool_task *t);

/** Record the result of work that the caller's thread has done itself, in order with the results of
    the tasks. @r: 0 or -errno. */
void pool_set_error(struct pool *p, int r);

/** Return whether every task is complete. */
bool pool_is_empty(const struct pool *p);

/** If events of the caller are queued: complete the tasks that need no waiting. */
void pool_flush_ready(struct pool *p);

/** Run and complete all tasks. */
void pool_wait(struct pool *p);

/** Complete all tasks, end the threads and free the memory. Returns 0, or the first -errno. */
int pool_done(struct pool *p);

#endif
