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

#include "job/session.h"

/** A piece of work; the beginning of a structure of its own. */
struct task {
	/** The next one in the order in which they end; crew's. */
	struct task *next;
	/** The next one that nobody works on yet; crew's. */
	struct task *next_waiting;
	/** Whether work was done; crew's. */
	bool done;
	/** By any thread, with a session of that thread's. NULL: nothing. */
	void (*work)(struct task *t, struct ovlcp *o);
	/** By the walk's thread, in order: tell, free. Returns 0, or -errno. */
	int (*end)(struct task *t);
};

struct crew;

/** How many threads ovlcp_options.jobs stands for. */
unsigned int crew_size(uint32_t jobs);

/**
 * Make a crew of @jobs threads, the caller's among them. The others start when there is work.
 * @o: the session of the walk, which keeps its events from now on.
 * @capacity: most tasks at a time. 0, or -errno.
 */
int crew_new(struct ovlcp *o, unsigned int jobs, size_t capacity, struct crew **ret_crew);

/**
 * Put a task in; takes it. Works or waits while the crew is full.
 */
void crew_put(struct crew *crew, struct task *t);

/** Remember a failure of the walk itself, in its place among those of tasks. @r: 0 or -errno. */
void crew_note(struct crew *crew, int r);

/** Whether nothing that was put in is left. */
bool crew_is_idle(struct crew *crew);

/** Tell what can be told by now. */
void crew_poll(struct crew *crew);

/** Work until all is done and told. */
void crew_drain(struct crew *crew);

/** Drain and free it. Returns 0, or -errno of the first failure. */
int crew_free(struct crew *crew);

#endif
