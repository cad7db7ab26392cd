/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Creates a destination by a call that fails if its name is taken.
 */
#ifndef OVL_TARGET_CREATE_H
#define OVL_TARGET_CREATE_H

#include "target/target.h"

/**
 * Create the destination as @name in t->dir_fd. Fills t->fd, t->created and t->mode.
 * Returns 0; or -errno (-EEXIST if the name is taken), and t->precondition_err is set if another
 * name would not help.
 */
int target_create(struct ovlcp *o, const struct target_request *q, struct target *t,
		  const char *name);

/**
 * Find out what a hard link to the source does to it on an overlay, and fill t->link_copied_up.
 * Returns 0; or -EPERM with t->precondition_err set, if the link would separate the source from its
 * other hard links.
 */
int target_check_link(struct ovlcp *o, const struct target_request *q, struct target *t);

/**
 * Return -EXDEV with t->precondition_err set if a hard link to the source cannot be created because
 * the two are on different mounts, even of one filesystem; otherwise 0. For a dry run: link(2)
 * itself says so.
 */
int target_check_mounts(const struct target_request *q, struct target *t);

/** Set t->precondition_err if the destination could not be created under any name. */
void target_check_source(struct ovlcp *o, const struct target_request *q, struct target *t);

/**
 * Return whether a new file has the owner and the group of the source from its creation on, and
 * gets its mode later. Then it need not be created with a narrower mode.
 */
bool target_owner_stays(const struct ovlcp *o, const struct target_request *q);

#endif
