/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "obstacle.h"

#include "base/errno_text.h"

#include <errno.h>

const char *obstacle_of_filter(int error)
{
	switch (error) {
	case EBUSY:
		return "another seccomp listener is active already (ovl-run, or the "
		       "agent of a container)";
	case EINVAL:
	case ENOSYS:
		return "the kernel has no user notification of seccomp (Linux 5.5 and later)";
	case EACCES:
	case EPERM:
		return "seccomp filters are not permitted here";
	case ECANCELED:
		return "--copy-up=never forbids it";
	default:
		return errno_text(error);
	}
}

bool obstacle_is_final(int r)
{
	return r == -EBUSY || r == -ECANCELED;
}
