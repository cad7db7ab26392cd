/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A destination that exists.
 */
#ifndef OVL_TARGET_EXISTING_H
#define OVL_TARGET_EXISTING_H

#include "target/target.h"

/**
 * Do what the rules (plan/existing.c) say about the destination @t, which exists: empty it,
 * remove it, enter it, leave it alone.
 * Returns an enum target_result; or -errno, and it was emitted.
 */
int target_settle_existing(struct ovlcp *o, const struct target_request *q, struct target *t);

#endif
