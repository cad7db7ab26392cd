/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * One reading of a source for several destinations.
 */
#ifndef OVL_EXEC_TEE_H
#define OVL_EXEC_TEE_H

#include "exec/data.h"

/** Outcome of a destination of exec_tee that is empty again, to leave room for others. */
#define EXEC_DEFERRED 2

/** One destination of a pass. */
struct exec_part {
	/** Its copy, at the beginning; borrowed. All parts are of one source, with equal options.
	 */
	struct exec_copy *copy;
	/** Out: 0, -errno or EXEC_DEFERRED. */
	int outcome;
};

/**
 * Read a seekable source once and write to @n destinations. A destination that fails drops out,
 * the others go on; what cannot be read concerns all. Where a filesystem is full, the last
 * destination on it is emptied and put off: those before it would have had its room if the
 * destinations were filled one after the other.
 *
 * @buffer: EXEC_BUFFER_SIZE bytes.
 */
void exec_tee(struct exec_part *parts, size_t n, void *buffer);

#endif
