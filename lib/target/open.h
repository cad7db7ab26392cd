/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Opening a destination: made, or found and dealt with as the options say.
 */
#ifndef OVL_TARGET_OPEN_H
#define OVL_TARGET_OPEN_H

#include "target/target.h"

/**
 * Make the destination, or do with the existing one what the options say.
 *
 * @ret_t: filled if TARGET_OPEN or TARGET_NOT_OLDER is returned; to be ended with target_done
 * or target_undo.
 * Returns an enum target_result; or -errno, and it was emitted.
 */
int target_open(struct ovlcp *o, const struct target_request *q, struct target *ret_t);

#endif
