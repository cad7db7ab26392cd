/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Treats a destination that exists.
 */
#ifndef OVL_TARGET_EXISTING_H
#define OVL_TARGET_EXISTING_H

#include "target/target.h"

/**
 * Carry out what plan_existing decides about the existing destination @t: truncate it, remove it,
 * rename it to a backup, enter it, skip it, and so on.
 * Returns an enum target_result; or -errno, which was emitted.
 */
int target_settle_existing(struct ovlcp *o, const struct target_request *q, struct target *t);

#endif
