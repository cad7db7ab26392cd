/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Finds out, without a copy-up, what would prevent it.
 */
#ifndef OVL_TRANSFER_OBSTACLE_H
#define OVL_TRANSFER_OBSTACLE_H

#include "source/source.h"

/** Return what opening the source @s for writing would return: 0 or -errno. @s: open. */
int obstacle_to_open(const struct source *s);

/** Return the same as a reason; OVLCP_REASON_NONE if nothing prevents the copy-up. */
enum ovlcp_reason obstacle_to_copy_up(const struct source *s);

#endif
