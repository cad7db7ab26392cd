/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The bytes of one file, read and written by several threads.
 */
#ifndef OVL_EXEC_SPLIT_H
#define OVL_EXEC_SPLIT_H

#include "exec/data.h"

/** Threads at most, with the caller's. */
#define EXEC_SPLIT_MAX 8u

/**
 * Copy with read(2) and write(2) by several threads, from x->done to near the end: the last
 * EXEC_SPLIT_REST bytes or less are left to exec_read_write, so that the destination is as long as
 * the source only when it is complete.
 *
 * Threads that cannot be started are done without. The first error stops all of them; the
 * destination then ends at x->done. So it does if the source has ended before.
 *
 * @x: a copy of a seekable file without punch and writer, with a buffer, which is the caller's
 * thread's; each other thread has one of EXEC_BUFFER_SIZE.
 * @workers: number of threads, with the caller's; 1: nothing is done.
 * Returns 0, and exec_read_write continues at x->done; or -errno.
 */
int exec_split(struct exec_copy *x, unsigned int workers);

/** Bytes at the end of a file that are copied after all others. */
#define EXEC_SPLIT_REST (UINT64_C(1) << 20)

#endif
