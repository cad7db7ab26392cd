/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Security contexts of SELinux.
 */
#ifndef OVL_ATTR_CONTEXT_H
#define OVL_ATTR_CONTEXT_H

#include <sys/types.h>

/**
 * Set the security context of @fd.
 *
 * @src_fd: copy the context of this file; -EBADF means no.
 * @context: otherwise set this one; NULL means no.
 * @path, @mode: otherwise set the one that the policy of the system has for such a file.
 * Returns 0, or -errno. -ENODATA: the source or the policy has none. -ENOSYS: no libselinux.
 */
int context_set(int fd, int src_fd, const char *context, const char *path, mode_t mode);

#endif
