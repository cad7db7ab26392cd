/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The extents of a file as an array.
 */
#ifndef OVL_EXEC_EXTENT_LIST_H
#define OVL_EXEC_EXTENT_LIST_H

#include "sys/extents.h"

#include <stddef.h>
#include <stdint.h>

/** The list; all-zero is the empty list. */
struct extent_list {
	/** The extents in the order of the file; owned. */
	struct sys_extent *list;
	/** Number of extents. */
	size_t count;
	/** Number that there is room for. */
	size_t room;
};

/**
 * Append the extents of @fd up to @end bytes to the empty list @l, when all of its data has blocks:
 * dirty pages are written out first. Blocks behind @end are only reserved, and left out.
 *
 * Returns 0; -EOPNOTSUPP or -ENOTTY if the filesystem has no FIEMAP; or another -errno. The list
 * must be ended on failure too.
 */
int extent_list_read(int fd, uint64_t end, struct extent_list *l);

/** Free the memory; the list is empty then. */
void extent_list_done(struct extent_list *l);

#endif
