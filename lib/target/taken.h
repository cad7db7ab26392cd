/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The names that the call of a dry run would have given to its earlier sources and destinations,
 * and the files that it would have overwritten.
 */
#ifndef OVL_TARGET_TAKEN_H
#define OVL_TARGET_TAKEN_H

#include "target/target.h"

/**
 * Whether the call would have given the name of the destination to an earlier source, or to an
 * earlier destination of the fan-out. 1 or 0, or -errno; 0 if it is no dry run.
 */
int taken_has(const struct ovlcp *o, const struct target_request *q, const struct target *t);

/** Whether the call would have overwritten the file with the stat @st. */
bool taken_has_file(const struct ovlcp *o, const struct stat *st);

/**
 * Add the name of the destination for later sources or destinations of the call; as a copy does it,
 * not that of a hard link to an earlier copy. 0, or -errno.
 */
int taken_add(struct ovlcp *o, const struct target_request *q, struct target *t);

/** Add the file that is overwritten: its further names lead to what is there then. 0, or -ENOMEM.
 */
int taken_add_file(struct ovlcp *o, const struct target *t);

/** Remove what was added for the destination, as it would not be complete. */
void taken_remove(struct ovlcp *o, const struct target *t);

#endif
