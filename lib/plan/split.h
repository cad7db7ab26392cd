/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * When the bytes of one big file are copied by several threads, each of which takes pieces of it.
 *
 * Pure, as the rest of the plan. What was measured: docs/decisions/0017-big-data.md.
 */
#ifndef OVL_PLAN_SPLIT_H
#define OVL_PLAN_SPLIT_H

#include "model/facts.h"

#include <stdbool.h>

/** Smallest source that is copied by several threads: bytes without holes. */
#define PLAN_SPLIT_MIN (UINT64_C(16) << 20)

/** Threads that copy one file at most: they write in turns, so a third one has nothing to do. */
#define PLAN_SPLIT_WORKERS 2u

/** Whether several threads may pay: then facts.threads, parallel_writes and src_cached are worth
    to be found out. */
bool plan_may_split(const struct facts *f, const struct ovlcp_options *opt);

/** Number of threads that copy the bytes; 1 unless all facts are known and favour more. */
unsigned int plan_split_workers(const struct facts *f, const struct ovlcp_options *opt);

#endif
