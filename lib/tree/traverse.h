/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The walk of one copy: from the source that the caller gave to the last entry of its tree, to all
 * destinations.
 *
 * A copy to one destination is a fan-out of one. A tree is walked once, whatever the number of its
 * destinations: every file of it is a small fan-out of its own.
 */
#ifndef OVL_TREE_TRAVERSE_H
#define OVL_TREE_TRAVERSE_H

#include "copy/context.h"
#include "pool/pool.h"
#include "walk/dir_entries.h"
#include "walk/dirstack.h"

struct batch;

/** A directory of the source that the walk is in. */
struct level {
	/** The entries that are not copied yet; owned. */
	struct dir_entries entries;
	/** Stat of the directory before it was entered, for the attributes of the destinations. */
	struct stat st;
	/** Length in bytes of the path of the directory above. */
	size_t above_len;
};

/** The state of the walk. */
struct traverse {
	/** The context. */
	struct copy copy;
	/** Directories of the source that the walk is in; copy.depth of them. Owned. */
	struct dirstack dirs;
	/** One for each directory of dirs; owned. */
	struct level *levels;
	/** Number of levels that are allocated. */
	size_t room;
	/** Number of threads that may copy files of new directories; 1: the pool is not used. */
	unsigned int jobs;
	/** The threads. */
	struct pool pool;
	/** Files of the present directory for the pool; owned. NULL if there are none. */
	struct batch *batch;
};

/**
 * Copy the source of @q to every destination; a failure does not stop the others. @events: receives
 * all events.
 * Returns 0; or the first -errno. Every failure was emitted, except -ECANCELED before the start.
 */
int traverse_run(struct ovlcp *o, struct event_sink *events, const struct copy_request *q);

#endif
