/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Enters and leaves directories, at the source and at every destination in step.
 */
#ifndef OVL_TREE_DIRECTORY_H
#define OVL_TREE_DIRECTORY_H

#include "tree/traverse.h"

/**
 * Create the directory @src at the destinations and enter it.
 *
 * @src: after source_stat. @name: its name in the present directory; NULL at the top.
 * @above_len: length in bytes of the source's path without that name.
 * Returns 0; or the first -errno, even if it was entered at other destinations. The walk is inside
 * if copy.depth has grown.
 */
int dir_enter(struct traverse *w, struct source *src, const char *name, size_t above_len);

/** Emit the failure @r to read a directory of the source, for each destination that is at @depth.
 */
void dir_emit_unreadable(const struct copy *c, size_t depth, int r);

/** Set the attributes of the present directory at every destination, and go up. 0, or -errno. */
int dir_leave(struct traverse *w);

#endif
