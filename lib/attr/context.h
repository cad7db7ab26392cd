/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Security contexts (SELinux).
 */
#ifndef OVL_ATTR_CONTEXT_H
#define OVL_ATTR_CONTEXT_H

#include <sys/types.h>

/**
 * Set the security context of @fd: that of @src_fd, or @context, or (both not given: -EBADF,
 * NULL) what the policy has for a file of @mode called @path. 0, or -errno; -ENODATA if the
 * source or the policy has none.
 */
int context_set(int fd, int src_fd, const char *context, const char *path, mode_t mode);

#endif
