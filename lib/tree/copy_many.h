/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Copies several sources into one directory, as one call of cp does.
 */
#ifndef OVL_TREE_COPY_MANY_H
#define OVL_TREE_COPY_MANY_H

#include "session/session.h"

#include <stddef.h>

/** The sources and their destination directory. Everything is borrowed. */
struct copy_many_request {
	/** Directory that the sources are relative to, or AT_FDCWD. */
	int src_fd;
	/** Paths of the sources. */
	const char *const *src;
	/** Number of sources. */
	size_t n;
	/** Directory that dst is relative to, or AT_FDCWD. */
	int dst_fd;
	/** Path of the destination directory. */
	const char *dst;
	/** Options of the copy; already checked. */
	const struct ovlcp_options *opt;
};

/**
 * Copy every source; a failure does not stop the others. @events: receives all events.
 * Returns 0; or the first -errno. Every failure was emitted.
 */
int copy_many_run(struct ovlcp *o, struct event_sink *events, const struct copy_many_request *q);

#endif
