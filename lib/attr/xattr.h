/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Extended attributes.
 */
#ifndef OVL_ATTR_XATTR_H
#define OVL_ATTR_XATTR_H

#include <stdbool.h>
#include <stdint.h>

struct attr_job;

/** Names of the extended attributes of a file, listed once; all-zero before that. */
struct attr_names {
	/** Whether they were listed, or that was tried. */
	bool listed;
	/** Size of the list in bytes, 0 if there are none; or -errno. */
	int64_t size;
	/** The names, each ended by a NUL byte; owned. */
	char *list;
};

/** List the names of the extended attributes of @fd. A failure is stored in n->size. */
void attr_names_list(struct attr_names *n, int fd);

/** Whether @name is in the list; false if there is none. */
bool attr_names_have(const struct attr_names *n, const char *name);

/** Free the list, and make @n all-zero. */
void attr_names_done(struct attr_names *n);

/**
 * Copy the extended attributes listed in a->names from a->src_fd to a->fd, except those that
 * /etc/xattr.conf excludes.
 *
 * @no_context: whether the security context is excluded too.
 * Returns 0, or -errno of the first failure; the other attributes are still copied.
 */
int xattr_copy(const struct attr_job *a, bool no_context);

#endif
