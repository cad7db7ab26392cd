/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What a transfer has to do with copies of other calls (remember/): it clones from an earlier one,
 * or becomes one that a later call clones from.
 */
#ifndef OVL_TRANSFER_REMEMBERED_H
#define OVL_TRANSFER_REMEMBERED_H

#include "transfer/transfer.h"

/** Fill facts.remembers and facts.will_be_remembered. The table is opened for it. */
void remembered_fill_facts(struct transfer *t);

/** PLAN_RECALL: find the copy of an earlier call. 0, or -errno. */
int remembered_recall(struct transfer *t);

/** PLAN_CLONE_REMEMBERED: clone it. 0; or -errno, -ESTALE if it was changed meanwhile. */
int remembered_clone(struct transfer *t);

/** Begin to watch the destination, which is still empty, if it can be remembered. Call it just
    before the first byte is written. */
void remembered_begin(struct transfer *t);

/** Note that the destination is complete, with its attributes and its name. */
void remembered_complete(struct transfer *t);

#endif
