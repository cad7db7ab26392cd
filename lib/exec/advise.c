/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What the kernel is told about a file before it is copied: only what was measured to gain.
 *
 * Within one filesystem the reads of a file that is not in memory and the writeback of what was
 * copied before share one disk; read in larger pieces it takes less time. The surprising fact: for
 * smaller files, and between two filesystems, it takes more (docs/decisions/0017-big-data.md).
 */
#include "exec/exec.h"

#include "sys/sys.h"

/* Below, the copy has come to its end before much is written back. */
#define LONG_COPY (UINT64_C(2) << 30)

void exec_advise(const struct exec_copy *x)
{
	if (x->size >= LONG_COPY)
		(void)sys_read_in_order(x->src_fd); /* it is advice */
}
