/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Making a destination by a call that fails if its name is taken.
 */
#ifndef OVL_TARGET_CREATE_H
#define OVL_TARGET_CREATE_H

#include "target/target.h"

/**
 * Make it once, called @name in t->dir_fd. Fills t->fd and t->created.
 * 0; or -errno, and t->precondition_err if another name would not do either.
 */
int target_create(struct ovlcp *o, const struct target_request *q, struct target *t,
		  const char *name);

/** Fill t->precondition_err: what would keep the destination from being made under any name. */
void target_check_source(struct ovlcp *o, const struct target_request *q, struct target *t);

/**
 * Whether the new file gets owner and group of the source by being made, and later a mode of its
 * own: then it need not be narrower until it has them.
 */
bool target_owner_stays(const struct ovlcp *o, const struct target_request *q);

#endif
