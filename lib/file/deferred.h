/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Deferred copies: big new files of one call, whose data comes later and from any thread.
 *
 * What a source becomes is settled by the caller's thread, which also creates the new file; only
 * from there on a thread of the pool goes on with it. So what depends on which files exist is as
 * without threads, if it waits for the deferred ones.
 */
#ifndef OVL_FILE_DEFERRED_H
#define OVL_FILE_DEFERRED_H

#include "base/inodeset.h"
#include "copy/context.h"
#include "pool/pool.h"

/** The deferred files of a call. */
struct deferred {
	/** Events of the call go to pool.sink. */
	struct pool pool;
	/** As ovlcp_options.jobs. */
	uint32_t jobs;
	/** Whether nothing is deferred. */
	bool is_off;
	/** Sources that are read, destinations that are written. */
	struct inodeset busy;
};

/** Begin a call of @o whose events go to @events. @opt: those of all its copies. Must not be
    moved. */
void deferred_init(struct deferred *d, struct ovlcp *o, struct event_sink *events,
		   const struct ovlcp_options *opt);

/**
 * Take the rest of a copy over, if it is one that may wait: then what @src and @t hold is gone
 * from there. The destination @t was created just now. Returns whether it was taken.
 */
bool deferred_try_submit(struct copy *c, struct source *src, struct target *t);

/** Whether files are under way; what depends on which files exist has to wait then. */
bool deferred_is_busy(const struct deferred *d);

/** Whether the file of @st is one of those, or their source. */
bool deferred_contains(const struct deferred *d, const struct stat *st);

/** Record the result of what the caller's thread has copied itself: 0 or -errno. */
void deferred_set_error(struct deferred *d, int r);

/** Wait until all are complete. */
void deferred_wait(struct deferred *d);

/** The same, and free the memory. Returns 0, or the first -errno of the call. */
int deferred_done(struct deferred *d);

#endif
