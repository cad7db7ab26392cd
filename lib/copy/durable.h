/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Stable storage: what is written there when (OVLCP_FSYNC_FILE, OVLCP_FSYNC_FS, OVLCP_ATOMIC).
 *
 * The order is data, name, directory: at no time does a name lead to data that is not there. The
 * failures are emitted.
 */
#ifndef OVL_COPY_DURABLE_H
#define OVL_COPY_DURABLE_H

#include "copy/context.h"

/** When @t is written to stable storage; OVLCP_FSYNC_NONE also where it is not, although the
    options ask for it: on an overlay that is volatile, or may be. */
enum ovlcp_fsync durable_promise(struct copy *c, const struct target *t);

/**
 * Call before a file gets its name, or is closed: writes its data and attributes, if the options
 * ask for that. @is_clone: its data is that of its source, which the clone has written out.
 * Returns 0, or -errno.
 */
int durable_data(struct copy *c, const struct target *t, bool is_clone);

/**
 * Call when a file has its name and its attributes: writes the directory, or notes the filesystem
 * for the end of the call. @directory_follows: a directory that the copy is in, for which
 * durable_directory will be called. Returns 0, or -errno.
 */
int durable_name(struct copy *c, struct target *t, bool directory_follows);

/** Call for a directory @t, whose path is @path, when its contents and attributes are complete. 0,
    or -errno. */
int durable_directory(struct copy *c, struct target *t, const char *path);

/**
 * Call after one of these two, when it was emitted that @t, whose path is @path, is complete: emits
 * that it is not on stable storage all the same (t->not_durable). Returns 0 if it is, or -EINVAL.
 */
int durable_verdict(struct copy *c, const struct target *t, const char *path);

/** Call at the end of a call: writes the filesystems that were noted. 0, or the first -errno. */
int durable_end(struct ovlcp *o, const struct ovlcp_options *opt, struct event_sink *events);

#endif
