/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Batches: files of one new directory, which any thread copies.
 */
#ifndef OVL_TREE_BATCH_H
#define OVL_TREE_BATCH_H

#include "tree/traverse.h"

/** Return whether the options allow several threads for the trees of @q. */
bool batch_is_possible(const struct copy_request *q);

/** Return whether files of the present directory can be copied in batches: it is new at every open
    destination. */
bool batch_is_allowed(const struct copy *c);

/**
 * Add the file @name of the present directory to the batch of the walk, for the pool to copy. Its
 * failures are emitted and recorded in order.
 * Returns 0; or -errno, and the file is not in a batch: copy it at once.
 */
int batch_add(struct traverse *w, const char *name);

/** Submit the batch, if there is one. Call before the walk enters or leaves a directory. */
void batch_close(struct traverse *w);

#endif
