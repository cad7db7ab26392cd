/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The copy-up of a file without a copy (ovlcp_copy_up).
 */
#ifndef OVL_FILE_COPY_UP_ONLY_H
#define OVL_FILE_COPY_UP_ONLY_H

#include "session/emit.h"
#include "session/session.h"
#include "source/source.h"
#include "target/target.h"

/** The state of one call, for all of its files. */
struct copy_up_only {
	/** The session; borrowed. */
	struct ovlcp *o;
	/** Receives the events of a file. */
	struct event_relay events;
	/** How the plan is asked: sharing is required. */
	struct ovlcp_options opt;
	/** True in a dry run. */
	bool is_dry;
	/** The destination of a clone that is never made: a scratch file on the overlay of the
	    source; fd is -EBADF without one. Owned. */
	struct target scratch;
	/** Mount id of that overlay, for the next file; 0 if it is unknown. */
	uint64_t scratch_mount;
	/** A file in whose directory the scratch file may be, or -EBADF: beside the source;
	    borrowed. */
	int beside_fd;
};

/** Initialize. @o, @events: borrowed until the end, copy_up_only_done. @opt: checked options. */
void copy_up_only_init(struct copy_up_only *c, struct ovlcp *o, struct event_sink *events,
		       const struct ovlcp_options *opt);

/**
 * Copy up the source @src after source_stat, which is no directory, if the plan of a clone says so,
 * and emit what became of it. Only a regular file on an overlay is opened for reading. An event for
 * other kinds of files is emitted only if the caller gave their path.
 * Returns 0, also if there is nothing to do; or -errno, which was emitted.
 */
int copy_up_only_file(struct copy_up_only *c, struct source *src);

/**
 * The same for the file behind @fd, which the source is opened through (/proc), and which is called
 * @path in events. Only on overlayfs, not on fuse-overlayfs. Returns as copy_up_only_file.
 */
int copy_up_only_fd(struct copy_up_only *c, int fd, const char *path);

/** Close what it owns. */
void copy_up_only_done(struct copy_up_only *c);

#endif
