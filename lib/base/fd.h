/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * File descriptors that close themselves at the end of their scope.
 *
 * A written file is not closed this way but by sys_close, whose result is checked: delayed
 * errors (ENOSPC, EDQUOT, EIO) arrive at close(2).
 */
#ifndef OVL_BASE_FD_H
#define OVL_BASE_FD_H

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

/** Close @fd if it is open; errno is kept. */
static inline void fd_drop(int *fd)
{
	if (*fd >= 0) {
		int saved = errno;

		(void)close(*fd); /* nothing was written through it, or it is being given up */
		errno = saved;
	}
}

/** Free what *@ptr (a pointer to any pointer) points to. */
static inline void ptr_drop(void *ptr)
{
	free(*(void **)ptr);
}

#define CLEANUP_FD   __attribute__((cleanup(fd_drop)))
#define CLEANUP_FREE __attribute__((cleanup(ptr_drop)))

/** Take the descriptor out of @fd: the caller owns it now, the cleanup has nothing to do. */
#define TAKE_FD(fd)                                                                                \
	({                                                                                         \
		int *take_from = &(fd);                                                            \
		int taken = *take_from;                                                            \
		*take_from = -EBADF;                                                               \
		taken;                                                                             \
	})

/** Take the pointer out of @ptr: the caller owns it now. */
#define TAKE_PTR(ptr)                                                                              \
	({                                                                                         \
		__typeof__(ptr) *take_from = &(ptr);                                               \
		__typeof__(ptr) taken = *take_from;                                                \
		*take_from = NULL;                                                                 \
		taken;                                                                             \
	})

#endif
