/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The way back to an earlier destination, of which another hard link is to be made.
 */
#ifndef OVL_TARGET_HARDLINK_H
#define OVL_TARGET_HARDLINK_H

#include "walk/copied_map.h"

#include <stdbool.h>

/**
 * Open the directory of the earlier destination @e, whose path is relative to @at_fd; without
 * following links that the caller did not name, unless @follow.
 * @ret_name: its name there, part of e->path. Returns an fd that the caller owns, or -errno.
 */
int hardlink_open_parent(int at_fd, const struct copied_dest *e, bool follow,
			 const char **ret_name);

#endif
