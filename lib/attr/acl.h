/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * POSIX access control lists (ACL).
 */
#ifndef OVL_ATTR_ACL_H
#define OVL_ATTR_ACL_H

#include <sys/types.h>

struct attr_job;

/**
 * Copy the access ACL of a->src_fd to a->fd, and the default ACL of a directory. An ACL that the
 * source does not have is removed from the destination.
 *
 * @mode: permission bits that the destination gets after that. They are reduced if the ACL is not
 * in force there: the bits of the group are the mask of the ACL then (acl(5)), and without it would
 * permit the group more than its own entry does.
 * Returns 1 if the ACL was set, 0 if neither file has one; or -errno, with a->failed_op set if the
 * ACL cannot be read. -ELIBACC: libacl cannot be loaded. Unless 0 is returned, the mode of the
 * destination may have changed.
 */
int acl_copy(struct attr_job *a, mode_t *mode);

/**
 * Copy the ACL of NFSv4 of a->src_fd, which is an extended attribute, to a->fd. To be called when
 * the mode is set: that would change the ACL.
 *
 * Returns 0, also if the source has none, or one that says no more than its mode; or -errno, with
 * a->failed_op set if it cannot be read. -EOPNOTSUPP: the destination cannot have one.
 */
int acl_copy_nfs4(struct attr_job *a);

/**
 * Remove the access ACL of @fd, after which its mode must be set. The default ACL of a directory
 * stays.
 *
 * Returns 0, or -errno. -ELIBACC: libacl cannot be loaded.
 */
int acl_remove(int fd);

#endif
