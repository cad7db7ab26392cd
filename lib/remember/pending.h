/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Complete copies that wait to be recorded: until the clock has gone on, and it is known that no
 * other process has opened them.
 */
#ifndef OVL_REMEMBER_PENDING_H
#define OVL_REMEMBER_PENDING_H

#include "remember/memory.h"

#include <stdbool.h>

/** A complete copy. */
struct pending {
	/** Number of its watch. */
	int number;
	/** Whether another process has opened it. */
	bool was_opened;
	/** The record; owned. */
	struct remembered *remembered;
};

/** Let the copy with the watch @number wait. @r: its record, which is taken on success. 0, or
    -ENOMEM. When many wait, all are recorded at once: pending_settle. */
int pending_add(struct memory *m, int number, struct remembered *r);

/** Note that a copy that this call has made, or linked to, has got one more hard link, @name in
    @dir_fd. Does nothing if it is not to be recorded. */
void pending_note_link(struct memory *m, int dir_fd, const char *name);

/** Record what waits, and end all watches. Call it at the end of a call. */
void pending_settle(struct memory *m);

#endif
