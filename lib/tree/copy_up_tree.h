/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The copy-up of a file, or of all files of a tree, without a copy (ovlcp_copy_up).
 */
#ifndef OVL_TREE_COPY_UP_TREE_H
#define OVL_TREE_COPY_UP_TREE_H

#include "session/emit.h"
#include "session/session.h"

/**
 * Copy up the file @path, or with OVLCP_RECURSIVE the files below it.
 *
 * @events: receives the events. @dir_fd: directory that @path is relative to, or AT_FDCWD.
 * @opt: checked options. Returns 0, or the first -errno; each failure is an event.
 */
int copy_up_tree_run(struct ovlcp *o, struct event_sink *events, int dir_fd, const char *path,
		     const struct ovlcp_options *opt);

/** An open file that is to be copied up; see ovlcp_copy_up_fd. */
struct copy_up_fd {
	/** The file. */
	int fd;
	/** A file in whose directory a clone may be tried, or -1. */
	int beside_fd;
	/** What the file is called in the event. */
	const char *path;
};

/** Copy up the file @f. Otherwise as copy_up_tree_run. */
int copy_up_fd_run(struct ovlcp *o, struct event_sink *events, const struct copy_up_fd *f,
		   const struct ovlcp_options *opt);

#endif
