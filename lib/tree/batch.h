/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Batches: files of one new directory, to be copied by any thread.
 */
#ifndef OVL_TREE_BATCH_H
#define OVL_TREE_BATCH_H

#include "tree/traverse.h"

/** Whether the copy is of a kind that several threads may share. */
bool batch_is_possible(const struct copy_request *q);

/** Whether files of the directory that the walk is in can be copied in batches: it is new. */
bool batch_is_allowed(const struct copy *c);

/**
 * Have the file @name of that directory copied by the pool. Failures are emitted in their turn.
 * 0; or -errno and nothing was done: then it is to be copied at once.
 */
int batch_add(struct traverse *w, const char *name);

/** Submit what was added; before the walk goes elsewhere. */
void batch_close(struct traverse *w);

#endif
