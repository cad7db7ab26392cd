/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Extended attributes.
 */
#ifndef OVL_ATTR_XATTR_H
#define OVL_ATTR_XATTR_H

#include <stdbool.h>
#include <stdint.h>

struct attr_job;

/** Names of extended attributes, each ended by a NUL byte; all-zero before they are listed. */
struct attr_names {
	/** Whether they were listed. */
	bool listed;
	/** Bytes of the list, 0 if there are none; or -errno. */
	int64_t size;
	/** The list; owned. */
	char *list;
};

/** List the extended attributes of @fd. */
void attr_names_list(struct attr_names *n, int fd);

/** Whether @name is in the list. */
bool attr_names_have(const struct attr_names *n, const char *name);

/** Free the list. */
void attr_names_done(struct attr_names *n);

/**
 * Copy the extended attributes of a->names, but for those that /etc/xattr.conf excludes, and the
 * security context if @no_context. All are tried; 0, or -errno of the first failure.
 */
int xattr_copy(const struct attr_job *a, bool no_context);

#endif
