/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Directories that the walk meets a second time: copied before, or made by this copy itself.
 */
#ifndef OVL_TREE_CYCLE_H
#define OVL_TREE_CYCLE_H

#include "copy/dest.h"

/**
 * Whether the directory @src is to be copied to where @q leads at the destination @p.
 * 1 = yes; 0 = no, which is not a failure; or -errno. The latter two are emitted.
 */
int cycle_check(struct copy *c, struct dest *p, const struct source *src,
		const struct target_request *q);

/** Emit that the copy runs into itself, once for each destination. */
void cycle_emit_into_self(struct copy *c, struct dest *p);

#endif
