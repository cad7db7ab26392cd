/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Facts about this process: its limits, its user, and what the kernel lets it see.
 */
#ifndef OVL_SYS_PROCESS_H
#define OVL_SYS_PROCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/** Number of descriptors that the process may have open (soft limit RLIMIT_NOFILE). */
size_t sys_fd_limit(void);

/** Size in bytes that a file may have at most (soft limit RLIMIT_FSIZE); UINT64_MAX for none. */
uint64_t sys_file_size_limit(void);

/** Number of processors that the process may run on (sched_getaffinity(2)); at least 1. */
unsigned int sys_cpus(void);

/** Effective user and group of the process. */
void sys_identity(uid_t *ret_uid, gid_t *ret_gid);

/** Whether the effective user is root, whatever capabilities the process has. */
bool sys_is_root(void);

/** Whether the caller has the rights of the owner of files of @uid: the same user, or CAP_FOWNER.
 */
bool sys_owns(uid_t uid);

/** Whether the caller can trust what @uid created: @uid is root or the caller. */
bool sys_trusts(uid_t uid);

/**
 * Whether the caller can read trusted.* attributes (CAP_SYS_ADMIN in the initial user namespace).
 * Other callers get ENODATA, as if there were none.
 */
bool sys_sees_trusted(void);

/**
 * Whether a filter for system calls denies FIDEDUPERANGE with EPERM, which has other meanings of
 * the kernel: it is asked of a file in memory, of which the kernel says EOPNOTSUPP. False if that
 * cannot be found out.
 */
bool sys_is_dedupe_denied(void);

/** Whether SELinux is enabled: selinuxfs is mounted. */
bool sys_has_selinux(void);

/**
 * The umask, from /proc/self/status (Linux 4.7): umask(2) can read it only by changing it, for
 * all threads. 077, the strictest one, if it cannot be read.
 */
mode_t sys_umask(void);

#endif
