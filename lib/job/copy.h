/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The whole story of one source and its destinations.
 */
#ifndef OVL_JOB_COPY_H
#define OVL_JOB_COPY_H

#include "job/session.h"

/** A source and where it goes. Everything is borrowed. */
struct copy_request {
	/** Directory that src is relative to, or AT_FDCWD. */
	int src_fd;
	/** Path of the source. */
	const char *src;
	/** Directory that the destinations are relative to, or AT_FDCWD. */
	int dst_fd;
	/** Paths of the destinations. */
	const char *const *dst;
	/** Number of destinations. */
	size_t n;
	/** How to copy; checked. */
	const struct ovlcp_options *opt;
};

/** Copy to every destination; a failure does not stop the others. 0, or the first -errno. */
int copy_run(struct ovlcp *o, const struct copy_request *q);

#endif
