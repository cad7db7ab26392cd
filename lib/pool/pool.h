/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Threads that help with a tree or a call, and the order that is kept nevertheless.
 *
 * The walk puts tasks in, any thread works on them, and the walk's own thread ends them in the
 * order in which they came: what they have to say is said then, so that messages, the first
 * error and what is done to directories after their contents are as without threads.
 */
#ifndef OVL_JOB_CREW_H
#define OVL_JOB_CREW_H

#include "session/session.h"

/** A piece of work; the beginning of a structure of its own. */
struct pool_task {
	/** The next one in the order in which they end; pool's. */
	struct pool_task *next;
	/** The next one that nobody works on yet; pool's. */
	struct pool_task *next_waiting;
	/** Whether work was done; pool's. */
	bool done;
	/** By any thread, with a session of that thread's. NULL: nothing. */
	void (*work)(struct pool_task *t, struct ovlcp *o);
	/** By the walk's thread, in order: tell, free. Returns 0, or -errno. */
	int (*end)(struct pool_task *t);
};

struct pool;

/** How many threads ovlcp_options.jobs stands for. */
unsigned int pool_jobs(uint32_t jobs);

/**
 * Make a pool of @jobs threads, the caller's among them. The others start when there is work.
 * @o: the session of the walk, which keeps its events from now on.
 * @capacity: most tasks at a time. 0, or -errno.
 */
int pool_new(struct ovlcp *o, unsigned int jobs, size_t capacity, struct pool **ret_crew);

/**
 * Put a task in; takes it. Works or waits while the pool is full.
 */
void pool_submit(struct pool *pool, struct pool_task *t);

/** Remember a failure of the walk itself, in its place among those of tasks. @r: 0 or -errno. */
void pool_set_error(struct pool *pool, int r);

/** Whether nothing that was put in is left. */
bool pool_is_empty(struct pool *pool);

/** Tell what can be told by now. */
void pool_flush_ready(struct pool *pool);

/** Work until all is done and told. */
void pool_wait(struct pool *pool);

/** Drain and free it. Returns 0, or -errno of the first failure. */
int pool_free(struct pool *pool);

#endif
