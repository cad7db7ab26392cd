/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * One source, a file or a tree, and the destinations that ought to be equal to it.
 */
#ifndef OVL_DEDUPE_BY_NAME_H
#define OVL_DEDUPE_BY_NAME_H

#include "dedupe/run.h"

/** What ovlcp_dedupe was called with; all borrowed. */
struct by_name_request {
	/** Directory that src is relative to, or AT_FDCWD. */
	int src_fd;
	/** The source. */
	const char *src;
	/** Directory that dst is relative to, or AT_FDCWD. */
	int dst_fd;
	/** The destinations. */
	const char *const *dst;
	/** Number of destinations. */
	size_t n;
};

/** Let every destination of @q share the data of its source; d->first tells whether one failed. */
void by_name_run(struct dedupe_run *d, const struct by_name_request *q);

#endif
