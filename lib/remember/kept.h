/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A complete copy that waits to be recorded. For this room only.
 */
#ifndef OVL_REMEMBER_KEPT_H
#define OVL_REMEMBER_KEPT_H

#include <stdbool.h>

struct remembered;

/** A complete copy. */
struct kept {
	/** Number of its watch. */
	int number;
	/** Whether another process has opened it. */
	bool was_opened;
	/** The record; owned. */
	struct remembered *remembered;
};

#endif
