/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What follows from where a file lies, in sentences: whether it can be cloned, what a copy-up does.
 */
#ifndef OVL_STAT_CLONE_ADVICE_H
#define OVL_STAT_CLONE_ADVICE_H

#include "ovlcp.h"

/** On which layer the data is; never NULL. */
const char *clone_advice_layer(enum ovlcp_layer layer);

/** Whether the file could be cloned within its filesystem or overlay; to be freed, or NULL. */
char *clone_advice_clone(const struct ovlcp_info *i);

/** What a copy-up would do, and cost; to be freed, or NULL. */
char *clone_advice_copy_up(const struct ovlcp_info *i);

#endif
