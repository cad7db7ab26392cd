/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A missing descriptor is replaced by one that behaves as if it were closed. /dev/null would not
 * do: opened again by the name /dev/stdout, it would swallow a copy that is to fail.
 */
#include "stdfd.h"

#include "diag.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <unistd.h>

/*
 * Occupy @fd, the lowest free number: with O_PATH for an epoll instance, which cannot be read,
 * written (EBADF) or opened again (ENXIO); without /proc with the instance itself (EINVAL).
 * Returns 0 or -errno.
 */
static int occupy(int fd)
{
	char path[sizeof("/proc/self/fd/2")];
	int unusable;

	if (epoll_create1(EPOLL_CLOEXEC) != fd)
		return -errno;
	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	unusable = open(path, O_PATH | O_CLOEXEC);
	if (unusable < 0)
		return 0;
	(void)dup3(unusable, fd, O_CLOEXEC); /* if it fails, the instance stays */
	(void)close(unusable);
	return 0;
}

int stdfd_reserve(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
		int r = fcntl(fd, F_GETFD) < 0 && errno == EBADF ? occupy(fd) : 0;

		if (r < 0)
			return diag_failure(-r, "cannot replace the closed descriptor %d", fd);
	}
	return 0;
}
