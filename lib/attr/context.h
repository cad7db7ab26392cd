/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Security contexts of SELinux.
 */
#ifndef OVL_ATTR_CONTEXT_H
#define OVL_ATTR_CONTEXT_H

#include <sys/types.h>

struct attr_job;

/**
 * Copy the security context of a->src_fd to a->fd.
 *
 * Returns 0; or -errno, with a->failed_op set if it cannot be read. -ENODATA: the source has none.
 */
int context_copy(struct attr_job *a);

/**
 * Set the security context of @fd.
 *
 * @context: set this one; NULL means no.
 * @path, @mode: otherwise set the one that the policy of the system has for such a file.
 * Returns 0, or -errno. -ENODATA: the policy has none. -ELIBACC: libselinux cannot be loaded,
 * -ENOSYS: it was left out by configure.
 */
int context_set(int fd, const char *context, const char *path, mode_t mode);

#endif
