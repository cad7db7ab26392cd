/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The walk: from the source that was named to the last entry of its tree, to all destinations.
 *
 * A copy to one destination is a fan-out of one. A tree is walked once, whatever the number of
 * its destinations: every file of it is a small fan-out of its own.
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
	/** What is still to be copied. */
	struct dir_entries entries;
	/** As it was when it was looked at. */
	struct stat st;
	/** Length of the path of the directory above. */
	size_t above_len;
};

/** The walk while it goes on. */
struct traverse {
	struct copy copy;
	/** Directories of the source that the walk is in; copy.depth of them. */
	struct dirstack dirs;
	/** The same, what is left of them. */
	struct level *levels;
	/** Levels that there is room for. */
	size_t room;
	/** Threads that are to be used; and those that are, for files of new directories. */
	unsigned int jobs;
	struct pool pool;
	/** Files of the directory that the walk is in, for the pool; NULL if there are none. */
	struct batch *batch;
};

/** Copy to every destination; a failure does not stop the others. Events go to @events. 0, or the
    first -errno. */
int traverse_run(struct ovlcp *o, struct event_sink *events, const struct copy_request *q);

#endif
