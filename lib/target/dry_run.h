/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The dry run of a destination: finds out, without changing anything, what a copy would do with its
 * name.
 */
#ifndef OVL_TARGET_DRY_RUN_H
#define OVL_TARGET_DRY_RUN_H

#include "target/target.h"

/**
 * Dry run of target_create.
 * Returns an enum target_result; or the -errno that target_create would return (-EEXIST if the name
 * is taken), and t->precondition_err is set as by target_create.
 */
int target_dry_run_create(struct ovlcp *o, const struct target_request *q, struct target *t);

/**
 * Dry run of @action on a destination that exists.
 * Returns an enum target_result; or -errno, which was emitted.
 */
int target_dry_run_change(struct ovlcp *o, const struct target_request *q, struct target *t,
			  enum dst_action action);

#endif
