/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What the result of an ioctl says when the filesystem of the file has no such operation.
 */
#ifndef OVL_BASE_UNSUPPORTED_H
#define OVL_BASE_UNSUPPORTED_H

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>

/** Whether @r, the result of sys_clone, sys_dedupe, sys_extents, sys_write_out or a probe of these,
    says that the filesystem does not know the operation for any file. */
static inline bool is_unsupported(int64_t r)
{
	return r == -EOPNOTSUPP || r == -ENOTTY;
}

#endif
