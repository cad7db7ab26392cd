/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Adapts the number of threads that take tasks to what they gain. Used by pool.c only.
 */
#ifndef OVL_POOL_ADAPT_H
#define OVL_POOL_ADAPT_H

#include "pool/pool.h"

/** See pool_adapt. */
void adapt_start(struct pool *p, dev_t src_dev, dev_t dst_dev);

/** Measure that @t has run, and decide how many threads take tasks. Call with the lock held. */
void adapt_add(struct pool *p, const struct pool_task *t);

/** Go on with at most @threads threads, because no more can be started. Call with the lock held. */
void adapt_limit(struct pool *p, unsigned int threads);

#endif
