/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Replacing an existing destination as a whole, when the new file is complete (OVLCP_ATOMIC).
 */
#ifndef OVL_TARGET_SUPERSEDE_H
#define OVL_TARGET_SUPERSEDE_H

#include "target/inspected.h"

/** Create the file that will take the name of the destination. TARGET_OPEN; or -errno, which was
    emitted. */
int supersede_create(struct existing *x);

/**
 * Open the destination for the attributes that the new file will get, and go to where its symbolic
 * link leads. It must be writable, as if it were overwritten.
 * Returns 0; -EXDEV if the link leads through /proc to a file that is open; or another -errno.
 */
int supersede_prepare(struct existing *x);

#endif
