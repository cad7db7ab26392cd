/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Opens a destination: creates it, or treats the existing one as the options say.
 */
#ifndef OVL_TARGET_OPEN_H
#define OVL_TARGET_OPEN_H

#include "target/target.h"

/**
 * Create the destination, or treat the existing one as the options say.
 *
 * @ret_t: filled if the result is TARGET_OPEN or TARGET_NOT_OLDER; end it with target_done or
 * target_undo.
 * Returns an enum target_result; or -errno, which was emitted.
 */
int target_open(struct ovlcp *o, const struct target_request *q, struct target *ret_t);

#endif
