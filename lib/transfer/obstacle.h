/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Finds out, without a copy-up, what would prevent it.
 */
#ifndef OVL_TRANSFER_OBSTACLE_H
#define OVL_TRANSFER_OBSTACLE_H

#include "source/source.h"

/**
 * Return what a copy-up of the open source @s would return: 0 or -errno. @opens: whether it would
 * open it for writing (facts.copy_up_opens).
 */
int obstacle_error(struct ovlcp *o, const struct source *s, bool opens);

/** Return the same as a reason; OVLCP_REASON_NONE if nothing prevents the copy-up. */
enum ovlcp_reason obstacle_to_copy_up(struct ovlcp *o, const struct source *s, bool opens);

#endif
