/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Attributes of a destination: owner, extended attributes, mode, times, security context.
 */
#ifndef OVL_ATTR_ATTR_H
#define OVL_ATTR_ATTR_H

#include "attr/xattr.h"
#include "model/event.h"
#include "model/plan.h"

#include <sys/stat.h>

/** One destination and what it shall look like. Everything is borrowed. */
struct attr_job {
	/** What it is: a link made to order has other attributes than a copy. */
	enum file_kind kind;
	/** The source, open; O_PATH will do for what is neither a regular file nor a directory. */
	int src_fd;
	/** The destination, likewise. */
	int fd;
	/** The source as it was when it was looked at. */
	const struct stat *src;
	/** The destination as it was when it was opened; kept up to date. */
	struct stat *dst;
	/** Whether this session made the destination. */
	bool created;
	/** Whether it is a leading directory of --parents. */
	bool leading;
	/** How to copy. */
	const struct ovlcp_options *opt;
	/** The umask; see attr_needs_umask. */
	mode_t umask;
	/** Whether files have security contexts here. */
	bool contexts;
	/** Permission bits that it has only as long as it is being filled. */
	mode_t temporary;
	/** Path of the destination, by which the policy knows its context. */
	const char *path;
	/** Whether a new destination may have got an access control list from its directory. */
	bool inherits;
	/** Names of the source's extended attributes, filled where they are kept. */
	struct attr_names names;
	/** Out: owner or group could not be kept, tolerated or not. */
	bool owner_lost;
};

/** Told of every attribute that could not be kept; @tolerated: and need not be. */
typedef void attr_loss_fn(const struct err *err, bool tolerated, void *payload);

/**
 * Mode to create a destination with, subject to the umask. No wider than what it will have
 * in the end: a file that changes owner is its maker's alone until then.
 * @owner_stays: whether it is known that owner and group will be those of the source at once.
 */
mode_t attr_create_mode(const struct stat *src, enum file_kind make,
			const struct ovlcp_options *opt, bool owner_stays);

/**
 * Permission bits that a new destination must have as long as it is filled: those that it got
 * beyond its mode are attr_job.temporary then.
 */
mode_t attr_fill_mode(enum file_kind make, const struct ovlcp_options *opt);

/** Whether attr_apply needs a->umask for this file: it is not free to find out. */
bool attr_needs_umask(const struct stat *src, const struct ovlcp_options *opt);

/**
 * Give a new destination, or one whose context is to be kept, its security context; before
 * its data, which nobody shall see under another one. Losses go to @loss.
 * 0, or -errno of the first one that is not tolerated.
 */
int attr_label(struct attr_job *a, attr_loss_fn *loss, void *payload);

/**
 * Set the attributes that a->opt asks for, each only where it differs. All are tried, losses
 * go to @loss. 0, or -errno of the first one that is not tolerated.
 * Permissions include access control lists. An ordinary user's failure to give away a file is
 * none, as in cp.
 */
int attr_apply(struct attr_job *a, attr_loss_fn *loss, void *payload);

#endif
