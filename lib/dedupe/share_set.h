/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Files that are equal by their hash become one set of blocks.
 */
#ifndef OVL_DEDUPE_SHARE_SET_H
#define OVL_DEDUPE_SHARE_SET_H

#include "dedupe/candidates.h"
#include "dedupe/run.h"

/**
 * Let the @n files @list share the data of the first by name. Those that cannot, because they are
 * on another filesystem or differ after all, share that of the first one that they can.
 */
void share_set(struct dedupe_run *d, const struct candidates *files, struct candidate *list,
	       size_t n);

#endif
