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
	/** The names, each ended by a NUL byte; few, or allocated and owned. */
	char *list;
	/** Room for the names of most files, which are listed by one call. */
	char few[256];
};

/** List the names of the extended attributes of @fd. A failure is stored in n->size. */
void attr_names_list(struct attr_names *n, int fd);

/** Whether @name is in the list; false if there is none. */
bool attr_names_have(const struct attr_names *n, const char *name);

/** Return -errno if listing the names failed, 0 if it worked or the file can have no attributes. */
int attr_names_error(const struct attr_names *n);

/** Free the list, and make @n all-zero. */
void attr_names_done(struct attr_names *n);

/**
 * Read the extended attribute @name of @fd.
 *
 * @ret_value: receives the value, to be freed with free(3); NULL if it is empty.
 * Returns its size in bytes, or -errno; -ENODATA: there is no such attribute.
 */
int64_t xattr_get(int fd, const char *name, char **ret_value);

/**
 * Copy the extended attribute @name from a->src_fd to a->fd.
 *
 * Returns 0, also if the source has none; or -errno, with a->failed_op set if it cannot be read.
 */
int xattr_copy_one(struct attr_job *a, const char *name);

/**
 * Copy the extended attributes listed in a->names from a->src_fd to a->fd, except those that
 * /etc/xattr.conf excludes (without it: usually excludes), and those by which an overlay knows this
 * very file of a layer.
 *
 * @no_context: whether the security context is excluded too.
 * Returns 0; or -errno of the first failure, with a->failed_op set if it is one of reading. The
 * other attributes are still copied.
 */
int xattr_copy(struct attr_job *a, bool no_context);

#endif
