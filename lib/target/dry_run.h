/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The making of names in a dry run: what would become of a name, found by looking only.
 */
#ifndef OVL_TARGET_DRY_RUN_H
#define OVL_TARGET_DRY_RUN_H

#include "target/target.h"

/**
 * Foresee what target_create would come to. An enum target_result; or -errno as the attempt would
 * fail (-EEXIST if something has the name), and t->precondition_err as target_create.
 */
int target_dry_run_create(struct ovlcp *o, const struct target_request *q, struct target *t);

/** The same of @action on a destination that exists. An enum target_result; or -errno, and it was
    emitted. */
int target_dry_run_change(struct ovlcp *o, const struct target_request *q, struct target *t,
			  enum dst_action action);

#endif
