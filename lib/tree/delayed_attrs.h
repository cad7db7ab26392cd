/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Attributes of directories, set when their contents are complete.
 */
#ifndef OVL_TREE_DELAYED_ATTRS_H
#define OVL_TREE_DELAYED_ATTRS_H

#include "copy/dest.h"
#include "tree/traverse.h"

/** Give the directory @t, called @path, the attributes of @src, and emit that it is complete. 0, or
    -errno. @src_fd: the directory of the source, or negative. */
int dir_set_attrs(struct copy *c, struct target *t, const char *path, int src_fd,
		  const struct stat *src);

/**
 * Have the lowest directory of @p, whose target is @t, get its attributes in its turn among the
 * tasks of the pool. Takes what is in @t. 0; or -ENOMEM and nothing was done.
 */
int dir_defer_attrs(struct traverse *w, const struct dest *p, struct target *t, int src_fd,
		    const struct stat *src);

#endif
