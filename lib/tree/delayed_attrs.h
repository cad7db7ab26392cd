/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Sets the attributes of directories after their contents are complete.
 */
#ifndef OVL_TREE_DELAYED_ATTRS_H
#define OVL_TREE_DELAYED_ATTRS_H

#include "copy/dest.h"
#include "tree/traverse.h"

/**
 * Set the attributes of the directory @t to those of the source, and emit that it is complete.
 *
 * @path: path of @t. @src_fd: the directory of the source, open, or negative. @src: its stat.
 * Returns 0; or -errno of the first attribute that could not be set, which was emitted.
 */
int dir_set_attrs(struct copy *c, struct target *t, const char *path, int src_fd,
		  const struct stat *src);

/**
 * Submit a task that calls dir_set_attrs for the lowest directory of @p, in order with the other
 * tasks of the pool. @t: the target of that directory; what it owns is taken.
 * Returns 0; or -ENOMEM, and nothing has changed.
 */
int dir_defer_attrs(struct traverse *w, const struct dest *p, struct target *t, int src_fd,
		    const struct stat *src);

#endif
