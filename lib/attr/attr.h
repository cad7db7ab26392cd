/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Attributes of a finished destination: owner, mode, times.
 */
#ifndef OVL_ATTR_ATTR_H
#define OVL_ATTR_ATTR_H

#include "model/event.h"

#include <sys/stat.h>

/** One destination and what it shall look like. */
struct attr_job {
	/** The source, open. */
	int src_fd;
	/** The destination, open. */
	int fd;
	/** The source as it was when it was opened. */
	const struct stat *src;
	/** The destination as it was when it was opened; kept up to date. */
	struct stat *dst;
	/** Whether this session made the destination. */
	bool created;
	/** OR of enum ovlcp_preserve. */
	uint32_t preserve;
	/** Out: owner or group could not be kept, tolerated or not. */
	bool owner_lost;
};

/**
 * Mode to create a destination with, subject to the umask. No wider than what it will have
 * in the end: a file that changes owner is its maker's alone until then.
 */
mode_t attr_create_mode(const struct stat *src, uint32_t preserve);

/**
 * Set the attributes that a->preserve asks for, each only where it differs.
 * All are tried; returns 0, or -errno of the first failure with @ret_err filled.
 * Permissions include the access control list, if either file has one.
 * An ordinary user's failure to give away a file is none, as in cp.
 */
int attr_apply(struct attr_job *a, struct err *ret_err);

/**
 * Give @dst_fd the access control list of @src_fd, or none if that has none.
 * Returns 1 if it was set, 0 if neither has one, or -errno; -ENOSYS without libacl.
 */
int acl_keep(int src_fd, int dst_fd);

#endif
