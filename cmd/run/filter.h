/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The filter (seccomp(2)): which calls of COMMAND stop until the supervisor has answered.
 */
#ifndef OVL_RUN_FILTER_H
#define OVL_RUN_FILTER_H

#include <stdint.h>

/** The calls that the filter stops, of ioctl two requests only. */
enum filter_call {
	FILTER_IOCTL,
	FILTER_COPY_RANGE,
	FILTER_SENDFILE,
};

/**
 * Install the filter for this process and all that it will execute or fork. A process without
 * CAP_SYS_ADMIN can get no more rights from then on by executing a program (no_new_privs).
 *
 * Returns the descriptor by which the calls are answered, close-on-exec, owned by the caller; or
 * -errno. -EBUSY: there is one already, of another filter. -EINVAL or -ENOSYS: the kernel is older
 * than 5.5, or has no filters. -EACCES or -EPERM: not permitted here. -ENOMEM.
 */
int filter_install(void);

/** The enum filter_call of the system call @nr of the architecture @arch (AUDIT_ARCH_...), or -1.
 */
int filter_call(uint32_t arch, int nr);

#endif
