/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Deferred copies: the data of big new files of one call is copied later, by any thread.
 *
 * The caller's thread decides what becomes of a source and creates the new file; a thread of the
 * pool does the rest. So a decision that depends on which files exist is the same as without
 * threads, provided that it waits for the deferred files.
 */
#ifndef OVL_FILE_DEFERRED_H
#define OVL_FILE_DEFERRED_H

#include "base/inodeset.h"
#include "copy/context.h"
#include "pool/pool.h"

/** The deferred files of a call. */
struct deferred {
	/** Runs the files; other events of the call go to pool.sink. */
	struct pool pool;
	/** ovlcp_options.jobs. */
	uint32_t jobs;
	/** True if no file is deferred. */
	bool is_off;
	/** Deferred sources and destinations, since the last deferred_wait. */
	struct inodeset busy;
};

/**
 * Initialize the deferred files of a call, which must not be moved. @o, @events: borrowed until
 * deferred_done. @opt: options of all copies of the call.
 */
void deferred_init(struct deferred *d, struct ovlcp *o, struct event_sink *events,
		   const struct ovlcp_options *opt);

/**
 * Defer the rest of the copy of @src to @t, which was just opened, if it is worth it and safe.
 * Returns true if it was deferred: then the descriptors and strings of @src and @t were taken.
 */
bool deferred_try_submit(struct copy *c, struct source *src, struct target *t);

/** Return whether deferred files are not complete. */
bool deferred_is_busy(const struct deferred *d);

/** Return whether the file of @st is a deferred source or destination. */
bool deferred_contains(const struct deferred *d, const struct stat *st);

/** Record the result of a copy by the caller's thread, in order. @r: 0 or -errno. */
void deferred_set_error(struct deferred *d, int r);

/** Wait until all deferred files are complete. */
void deferred_wait(struct deferred *d);

/** Wait, end the threads and free the memory. Returns 0, or the first -errno of the call. */
int deferred_done(struct deferred *d);

#endif
