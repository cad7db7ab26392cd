/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Big new files of one call, whose data comes later and from any thread.
 *
 * What a source becomes is settled by the caller's thread, which also makes the new file; only
 * from there on others go on with it. So whatever needs to know what exists already is as without
 * threads, if it waits for those that are under way.
 */
#ifndef OVL_JOB_LATER_H
#define OVL_JOB_LATER_H

#include "copy/context.h"

/** The files of a call that are under way. */
struct deferred {
	struct ovlcp *o;
	/** As ovlcp_options.jobs. */
	uint32_t jobs;
	/** Whether nothing is left for later. */
	bool alone;
	/** Who fills them, NULL as long as there are none. */
	struct pool *pool;
	/** Sources that are read, destinations that are written. */
	struct inodeset busy;
	/** -errno of the first failure so far, or 0. */
	int failed;
};

/** Begin a call of @o. @opt: those of all its copies. */
struct deferred deferred_init(struct ovlcp *o, const struct ovlcp_options *opt);

/**
 * Take the rest of a copy over, if it is one that may wait: then what @src and @t hold is gone
 * from there. The destination @t was made just now. Returns whether it was taken.
 */
bool deferred_try_submit(struct copy *c, struct source *src, struct target *t);

/** Whether files are under way; what depends on what exists has to wait then. */
bool deferred_is_busy(const struct deferred *l);

/** Whether the file of @st is one of those, or their source. */
bool deferred_contains(const struct deferred *l, const struct stat *st);

/** The caller's thread has copied something, and that is the result: 0 or -errno. */
void deferred_set_error(struct deferred *l, int r);

/** Wait until all is done and told. */
void deferred_wait(struct deferred *l);

#endif
