/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The copy-ups of the files of a tree, several at a time.
 */
#ifndef OVL_TREE_COPY_UP_TASKS_H
#define OVL_TREE_COPY_UP_TASKS_H

#include "file/copy_up_only.h"
#include "pool/pool.h"

/** An idle state of a thread. */
struct idle_copy_up;

/** Copy-ups that threads carry out. */
struct copy_up_tasks {
	/** Its sink takes the events of the walk, too. */
	struct pool pool;
	/** Options of the call; borrowed. */
	const struct ovlcp_options *opt;
	/** True if the walk has to copy up all files itself. */
	bool is_off;
	/** Guards idle. */
	pthread_mutex_t lock;
	/** States of threads that carry out no task; owned. */
	struct idle_copy_up *idle;
};

/** Initialize. It must not be moved. @o, @events, @opt: borrowed until the end. */
void copy_up_tasks_init(struct copy_up_tasks *t, struct ovlcp *o, struct event_sink *events,
			const struct ovlcp_options *opt);

/**
 * Submit the source @src of a walk, after source_stat, unless there are no threads, or its turn has
 * to be waited for: it has several names, or is not on overlayfs. What is not submitted is to be
 * copied up by the caller, after all others.
 * Returns whether it was submitted.
 */
bool copy_up_tasks_submit(struct copy_up_tasks *t, const struct source *src);

/** Wait for all tasks. */
void copy_up_tasks_wait(struct copy_up_tasks *t);

/** Wait for all, and free what it owns. Returns 0, or the first -errno. */
int copy_up_tasks_done(struct copy_up_tasks *t);

#endif
