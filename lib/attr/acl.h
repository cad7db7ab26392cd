/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * POSIX access control lists (ACL).
 */
#ifndef OVL_ATTR_ACL_H
#define OVL_ATTR_ACL_H

struct attr_job;

/**
 * Copy the access ACL of a->src_fd to a->fd, and the default ACL of a directory. An ACL that the
 * source does not have is removed from the destination.
 *
 * Returns 1 if the ACL was set, and the permission bits with it; 0 if neither file has one; or
 * -errno. -ENOSYS: libacl cannot be loaded.
 */
int acl_copy(const struct attr_job *a);

/**
 * Remove the access ACL of @fd, after which its mode must be set. The default ACL of a directory
 * stays.
 *
 * Returns 0, or -errno. -ENOSYS: libacl cannot be loaded.
 */
int acl_remove(int fd);

#endif
