/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * One read of a source for several destinations (tee).
 */
#ifndef OVL_EXEC_TEE_H
#define OVL_EXEC_TEE_H

#include "exec/data.h"

#include <stddef.h>

/** Outcome of a destination that must read the source for itself: it was emptied again, to leave
   its space to others, or has no offsets (ESPIPE). */
#define EXEC_DEFERRED 2

/** One destination of exec_tee. */
struct exec_part {
	/** Its copy, not started; borrowed. All parts have the same source and equal options. */
	struct exec_copy *copy;
	/** Out: 0, -errno or EXEC_DEFERRED. */
	int outcome;
};

/**
 * Read a regular source once and write it to @n destinations.
 *
 * A destination that fails is dropped, the others continue; a read error fails all. If a filesystem
 * is full (ENOSPC, EDQUOT), its last destination is truncated to 0 and deferred, because the
 * destinations before it would have had that space if they were written one after the other. That
 * is not done if the source turns out to be a stream.
 *
 * @parts: outcomes are set, and progress in their copies.
 * @buffer: EXEC_BUFFER_SIZE bytes; borrowed.
 */
void exec_tee(struct exec_part *parts, size_t n, void *buffer);

#endif
