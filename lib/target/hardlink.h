/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Finds an earlier destination again, to create another hard link to it.
 */
#ifndef OVL_TARGET_HARDLINK_H
#define OVL_TARGET_HARDLINK_H

#include "walk/copied_map.h"

#include <stdbool.h>

/**
 * Open the parent directory of the earlier destination @e, O_PATH. Symbolic links on the path are
 * followed in the part that the caller gave, and in the rest only if @follow.
 *
 * @at_fd: directory that e->path is relative to.
 * @ret_name: the name in that directory; points into e->path.
 * Returns a descriptor that the caller owns, or -errno.
 */
int hardlink_open_parent(int at_fd, const struct copied_dest *e, bool follow,
			 const char **ret_name);

#endif
