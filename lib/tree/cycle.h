/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Detects directories that the walk must not copy: copied before, or created by this copy.
 */
#ifndef OVL_TREE_CYCLE_H
#define OVL_TREE_CYCLE_H

#include "copy/dest.h"

/**
 * Check whether the directory @src may be copied to the destination @p. @q: where it would go.
 * Returns 1 if it may; 0 if it is skipped, which is no failure; or -errno. The latter two were
 * emitted.
 */
int cycle_check(struct copy *c, struct dest *p, const struct source *src,
		const struct target_request *q);

/** Emit into @events that the copy runs into itself; once for each destination. */
void cycle_emit_into_self(struct copy *c, struct dest *p, struct event_sink *events);

#endif
