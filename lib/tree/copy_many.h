/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Several sources, one directory: one call, as of cp.
 */
#ifndef OVL_TREE_COPY_MANY_H
#define OVL_TREE_COPY_MANY_H

#include "session/session.h"

#include <stddef.h>

/** Sources and the directory they go to. Everything is borrowed. */
struct copy_many_request {
	/** Directory that the sources are relative to, or AT_FDCWD. */
	int src_fd;
	/** Paths of the sources. */
	const char *const *src;
	/** Number of sources. */
	size_t n;
	/** Directory that dst is relative to, or AT_FDCWD. */
	int dst_fd;
	/** Path of the directory. */
	const char *dst;
	/** How to copy; checked. */
	const struct ovlcp_options *opt;
};

/** Copy every source; a failure does not stop the others. Events go to @events. 0, or the first
    -errno. */
int copy_many_run(struct ovlcp *o, struct event_sink *events, const struct copy_many_request *q);

#endif
