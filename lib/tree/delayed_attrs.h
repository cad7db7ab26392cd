/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Attributes of directories, once their contents are complete.
 */
#ifndef OVL_JOB_LEAVE_H
#define OVL_JOB_LEAVE_H

#include "copy/context.h"

/**
 * Have the lowest directory of the place, whose target is @t, get its attributes in its turn.
 * Takes what is in @t. 0; or -errno and nothing was done.
 */
int dir_defer_attrs(struct copy *c, const struct dest *p, struct target *t, int src_fd,
		    const struct stat *src);

#endif
