/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What would keep a source from being copied up, as far as it can be told without trying.
 */
#ifndef OVL_TRANSFER_OBSTACLE_H
#define OVL_TRANSFER_OBSTACLE_H

#include "source/source.h"

/** What opening the source for writing would answer: 0 or -errno. */
int obstacle_to_open(const struct source *s);

/** The same in the words of a reason; OVLCP_REASON_NONE if it would succeed. */
enum ovlcp_reason obstacle_to_copy_up(const struct source *s);

#endif
