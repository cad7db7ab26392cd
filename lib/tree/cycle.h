/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What becomes of a directory that was copied before.
 */
#ifndef OVL_JOB_AGAIN_H
#define OVL_JOB_AGAIN_H

#include "copy/context.h"

/**
 * Whether the directory @src, which this call has met before (@seen), is to be copied once more, to
 * where @q leads. 1 = yes; 0 = no, which is no failure; -errno, and an event told it.
 */
int check_revisited_dir(struct copy *c, struct dest *p, const struct source *src,
			const struct copied_dest *seen, const struct target_request *q);

/** Tell that the copy runs into itself, once for each destination. */
void emit_copy_into_self(struct copy *c, struct dest *p);

#endif
