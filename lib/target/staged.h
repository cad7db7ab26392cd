/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Files that get their name when they are complete (OVLCP_ATOMIC).
 *
 * Until then a regular file has no name (O_TMPFILE), so that nothing is left of it even if the
 * process is killed. Where that is not supported, and for other kinds of file, it has a temporary
 * name in the same directory.
 */
#ifndef OVL_TARGET_STAGED_H
#define OVL_TARGET_STAGED_H

#include "exec/create.h"
#include "target/target.h"

/** Whether the destination gets its name when it is complete. Hard links have no other moment, and
    directories are filled under their name. */
bool staged_is_wanted(const struct target_request *q);

/** Create the file @m in the directory of @t, and fill t->fd and t->staged. 0, or -errno. */
int staged_create(const struct target_request *q, struct target *t,
		  const struct exec_create_args *m);

/**
 * Give the file its name, in place of an existing file if it replaces one. Does nothing for others.
 * Returns 0; or -errno, and the name leads to what it led to before.
 */
int staged_commit(struct target *t);

/** Remove the temporary name of a file that will not get its own. */
void staged_drop(struct target *t);

#endif
