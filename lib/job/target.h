/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A destination: made or emptied, then finished or undone.
 */
#ifndef OVL_JOB_TARGET_H
#define OVL_JOB_TARGET_H

#include "job/source.h"

/** A destination that is open for writing and empty. */
struct target {
	/** Open for reading and writing where allowed, otherwise for writing; or -EBADF. */
	int fd;
	/** Directory that holds it: borrowed, belongs to the session or the caller. */
	int dir_fd;
	/** Its name in that directory; owned. */
	char *name;
	/** Path as people know it; owned. */
	char *path;
	/** As it was right after it was opened. */
	struct stat st;
	/** Whether this session made it. */
	bool created;
	/** Whether path was given a name in a directory. */
	bool entered;
};

/** What is found to do about a destination; a failure is -errno instead, and was told. */
enum target_result {
	/** It is open. */
	TARGET_OPEN = 0,
	/** It exists and is left alone; an event told it. */
	TARGET_SKIPPED,
	/** Within the room: something changed, try to make it once more. */
	TARGET_AGAIN,
};

/** What opening a destination takes beyond the session. Everything is borrowed. */
struct target_request {
	/** The source, open. */
	const struct source *src;
	/** Directory that path is relative to, or AT_FDCWD. */
	int at_fd;
	/** Path as it was given. */
	const char *path;
	/** How to copy. */
	const struct ovlcp_options *opt;
	/** Complete destinations of the same fan-out. */
	const struct inodeset *finished;
};

/**
 * Make the destination, or empty it if it exists, as the options say.
 *
 * @ret_t: filled if TARGET_OPEN is returned, to be ended with target_done or target_undo.
 * Returns TARGET_OPEN or TARGET_SKIPPED; or -errno, and an event told it.
 */
int target_open(struct ovlcp *o, const struct target_request *q, struct target *ret_t);

/** Close a complete destination. 0, or -errno of the close. To be followed by target_done. */
int target_close(struct target *t);

/** Free what is left of a destination. */
void target_done(struct target *t);

/** Give up: remove what this session made (if it still has its name), close the rest. */
void target_undo(struct target *t);

/**
 * Settle what to do about a destination that exists: empty it, remove it, enter it, leave it.
 * Returns an enum target_result, or -errno, and an event told it.
 */
int existing_settle(struct ovlcp *o, const struct target_request *q, struct target *t);

#endif
