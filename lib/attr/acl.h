#include "attr/xattr.h"
/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Access control lists.
 */
#ifndef OVL_ATTR_ACL_H
#define OVL_ATTR_ACL_H

struct attr_job;

/**
 * Give a->fd the access control lists of a->src_fd, or none if that has none; those of a
 * directory for new entries, too. Returns 1 if the mode was set with it, 0 if neither file has
 * one, or -errno; -ENOSYS without libacl.
 */
int acl_copy(const struct attr_job *a);

/**
 * Take the access control list from @fd; its mode is to be set then. A directory's list for new
 * entries stays. 0, or -errno.
 */
int acl_remove(int fd);

#endif
