/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Conclusions from the layer of a file, in words: whether it can be cloned, what a copy-up does.
 */
#ifndef OVL_STAT_CLONE_ADVICE_H
#define OVL_STAT_CLONE_ADVICE_H

#include "ovlcp.h"

#include <stdbool.h>

/** Whether the file is on a FUSE filesystem, which need not be an overlay. */
bool clone_advice_is_fuse(const struct ovlcp_info *i);

/** Words for the layer that the data of a file is on; never NULL. */
const char *clone_advice_layer(const struct ovlcp_info *i);

/**
 * Whether the file can be cloned within its filesystem or overlay. Returns a string to be freed;
 * NULL if memory is short.
 */
char *clone_advice_clone(const struct ovlcp_info *i);

/** What a copy-up of the file would do and cost. To be freed; NULL if memory is short. */
char *clone_advice_copy_up(const struct ovlcp_info *i);

#endif
