/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Finds an earlier destination again, to create another hard link to it.
 */
#ifndef OVL_TARGET_HARDLINK_H
#define OVL_TARGET_HARDLINK_H

#include "walk/copied_map.h"

#include <stdbool.h>

/**
 * Open the earlier destination @e, which must still be the file that was created: that is what its
 * numbers say or, where they are a hint only (probe/identity.h), its mode, size and mtime. Symbolic
 * links on its path are followed in the part that the caller gave, and in the rest only if @follow.
 *
 * @at_fd: directory that e->path is relative to. @flags: of open(2), such as O_PATH.
 * Returns a descriptor that the caller owns; -ESTALE if another file has the name; or -errno.
 */
int hardlink_open(int at_fd, const struct copied_dest *e, bool follow, int flags);

#endif
