/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Attributes of a destination: security context, owner, extended attributes, mode, times.
 */
#ifndef OVL_ATTR_ATTR_H
#define OVL_ATTR_ATTR_H

#include "attr/xattr.h"
#include "model/event.h"
#include "model/plan.h"

#include <stdbool.h>
#include <sys/stat.h>

/** One destination, and where its attributes come from. Everything is borrowed. */
struct attr_job {
	/** Kind of file: a new symbolic link to the source gets fewer attributes than a copy. */
	enum file_kind kind;
	/** The source; O_PATH is enough if it is neither a regular file nor a directory. */
	int src_fd;
	/** The destination; O_PATH is enough as for the source. */
	int fd;
	/** stat of the source, from when it was looked up. */
	const struct stat *src;
	/** stat of the destination, from when it was opened; mode bits are updated here. */
	struct stat *dst;
	/** Whether this session created the destination. */
	bool created;
	/** Whether it is a leading directory of OVLCP_PARENTS. */
	bool leading;
	/** Options of the copy. */
	const struct ovlcp_options *opt;
	/** The umask, if attr_needs_umask. */
	mode_t umask;
	/** Whether the kernel supports security contexts, and the options ask for them. */
	bool contexts;
	/** Permission bits that it has only until it is complete; see attr_fill_mode. */
	mode_t temporary;
	/** Absolute path of the destination, by which the SELinux policy chooses its context. */
	const char *path;
	/** Whether the source is the file that the destination supersedes: what belongs to its
	    data is not copied. */
	bool supersedes;
	/** Whether a new destination may have inherited an ACL from its directory. */
	bool inherits;
	/** Names of the source's extended attributes; used inside attr_apply. */
	struct attr_names names;
	/** The operation that failed, if it is not that of the row of the table in attr.c; used
	    inside attr_apply. */
	enum ovlcp_op failed_op;
	/** Out: owner or group could not be set, whether that is an error or not. */
	bool owner_lost;
};

/** Called for each attribute that could not be set. @tolerated: it is a warning, not an error. */
typedef void attr_loss_fn(const struct err *err, bool tolerated, void *payload);

/**
 * Mode to create a destination of @kind with; the umask applies. It never permits more than the
 * final mode: until chown, only the creator has access.
 *
 * @owner_stays: whether the new file is known to have the source's owner and group at once.
 */
mode_t attr_create_mode(const struct stat *src, enum file_kind kind,
			const struct ovlcp_options *opt, bool owner_stays);

/**
 * Permission bits that a new destination needs until its data and extended attributes are complete.
 * The caller adds the missing ones and passes them as attr_job.temporary.
 */
mode_t attr_fill_mode(enum file_kind kind, const struct ovlcp_options *opt);

/** Whether attr_apply needs a->umask for this source: reading the umask is not free. */
bool attr_needs_umask(const struct stat *src, const struct ovlcp_options *opt);

/**
 * Set the security context of the destination, as a->opt asks for. To be called before data is
 * written, so that the data is never readable under a wrong context.
 *
 * @loss: called with @payload if it cannot be set.
 * Returns 0, or -errno of a failure that is not tolerated.
 */
int attr_label(struct attr_job *a, attr_loss_fn *loss, void *payload);

/**
 * Set the other attributes that a->opt asks for, each only where it differs. The mode includes
 * ACLs.
 *
 * @loss: called with @payload for each that cannot be set; the others are still set. That an
 * unprivileged user cannot give a file away (chown) is no failure, as in cp.
 * Returns 0, or -errno of the first failure that is not tolerated.
 */
int attr_apply(struct attr_job *a, attr_loss_fn *loss, void *payload);

#endif
