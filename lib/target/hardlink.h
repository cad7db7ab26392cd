/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Finds an earlier destination again, to create another hard link to it.
 */
#ifndef OVL_TARGET_HARDLINK_H
#define OVL_TARGET_HARDLINK_H

#include "target/target.h"
#include "walk/copied_map.h"

#include <stdbool.h>

/**
 * Open the earlier destination @e, which must still be the file that was created: that is what its
 * owner and its numbers say or, where they are a hint only (probe/identity.h), its mode, size and
 * mtime. Symbolic links on its path are followed in the part that the caller gave, and in the rest
 * only if @follow.
 *
 * @at_fd: directory that e->path is relative to. @flags: of open(2), such as O_PATH.
 * Returns a descriptor that the caller owns; -ESTALE if another file has the name; or -errno.
 */
int hardlink_open(int at_fd, const struct copied_dest *e, bool follow, int flags);

/**
 * Look at the name of @t, which is complete and open: a later destination may become a link to what
 * has the name only if that is @t, and no file that another process has put there meanwhile; or a
 * symbolic link that leads to @t, through which it was written.
 *
 * @ret_st: stat of what has the name.
 * Returns 1; 0 if it is another file, or there is none; or -errno.
 */
int hardlink_look(const struct target *t, struct stat *ret_st);

#endif
