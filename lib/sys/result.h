/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The result of a call of the C library, -1 and errno, as the kernel itself gives it: -errno.
 *
 * For the files of lib/sys only: above them errno means nothing.
 */
#ifndef OVL_SYS_RESULT_H
#define OVL_SYS_RESULT_H

#include <errno.h>
#include <stdint.h>

/** @r, the result of a call that returns an int; -errno if it is negative. */
static inline int sys_result(int r)
{
	return r < 0 ? -errno : r;
}

/** The same for a call that returns a number of bytes or an offset. */
static inline int64_t sys_count(int64_t r)
{
	return r < 0 ? -errno : r;
}

#endif
