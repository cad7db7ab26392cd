/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * An existing destination that was inspected, and ways to open it that never open another file: its
 * name may lead elsewhere by now.
 */
#ifndef OVL_TARGET_INSPECTED_H
#define OVL_TARGET_INSPECTED_H

#include "plan/existing.h"
#include "target/inspect.h"
#include "target/target.h"

/** An existing destination, and the step that was decided. Everything is borrowed. */
struct existing {
	/** The session. */
	struct ovlcp *o;
	/** The request. */
	const struct target_request *q;
	/** The destination. */
	struct target *t;
	/** What was found. */
	struct existing_state state;
	/** What is done about it. */
	struct dst_step step;
};

/** Emit an event about the destination. Returns as target_emit. */
int inspected_emit(struct existing *x, enum ovlcp_event_type type, enum ovlcp_op op, int error);

/** Flags for the name: what was not a symbolic link when it was inspected is not followed now. */
int inspected_nofollow(const struct existing *x);

/**
 * Hold the destination by O_PATH, if it still is the file that was inspected: what is opened
 * through that descriptor cannot be exchanged for another. Returns an fd, owned by the caller;
 * -ESTALE if it is another file by now; or -errno.
 */
int inspected_hold(const struct existing *x);

/** Open the file @held, from inspected_hold, with @flags. A descriptor that the caller owns;
   -ENOENT if /proc is not mounted and the name leads to another file by now; or -errno. */
int inspected_reopen(const struct existing *x, int held, int flags);

/**
 * Go to the name that the symbolic link leads to: t->dir_fd and t->name are those of the file.
 * Returns 0; -EXDEV if it leads to another file, as a link of /proc, whose text is no path; or
 * -errno.
 */
int inspected_follow(struct existing *x);

#endif
