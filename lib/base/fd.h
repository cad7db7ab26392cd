/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Descriptors and memory that are released at the end of the scope of their variable.
 *
 * Not for a file that was written: that is closed by sys_close, whose result is checked, because
 * close(2) returns delayed errors (ENOSPC, EDQUOT, EIO).
 */
#ifndef OVL_BASE_FD_H
#define OVL_BASE_FD_H

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

/** Close *@fd unless it is negative; errno is preserved. */
static inline void fd_drop(int *fd)
{
	if (*fd >= 0) {
		int saved = errno;

		(void)close(*fd); /* nothing was written, or the file is discarded */
		errno = saved;
	}
}

/** Free what *@ptr (a pointer to any pointer) points to. */
static inline void ptr_drop(void *ptr)
{
	free(*(void **)ptr);
}

/** Of a variable int fd: it is closed at the end of its scope, unless it is negative. */
#define CLEANUP_FD __attribute__((cleanup(fd_drop)))

/** Of a pointer: what it points to is freed at the end of its scope; it may be NULL. */
#define CLEANUP_FREE __attribute__((cleanup(ptr_drop)))

/** Move the descriptor out of @fd, which becomes -EBADF, so that its cleanup does nothing. */
#define TAKE_FD(fd)                                                                                \
	({                                                                                         \
		int *take_from = &(fd);                                                            \
		int taken = *take_from;                                                            \
		*take_from = -EBADF;                                                               \
		taken;                                                                             \
	})

/** Move the pointer out of @ptr, which becomes NULL, so that its cleanup does nothing. */
#define TAKE_PTR(ptr)                                                                              \
	({                                                                                         \
		__typeof__(ptr) *take_from = &(ptr);                                               \
		__typeof__(ptr) taken = *take_from;                                                \
		*take_from = NULL;                                                                 \
		taken;                                                                             \
	})

#endif
