/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Questions about the process and the kernel, one function each; nothing is remembered.
 */
#include "sys/process.h"

#include "sys/share.h"

#include <errno.h>
#include <linux/capability.h>
#include <linux/magic.h>
#include <sched.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/xattr.h>
#include <unistd.h>

size_t sys_fd_limit(void)
{
	struct rlimit limit = { .rlim_cur = 0 };

	(void)getrlimit(RLIMIT_NOFILE, &limit); /* 0 if it fails, which it does not */
	return (size_t)limit.rlim_cur;
}

uint64_t sys_file_size_limit(void)
{
	struct rlimit limit;

	return getrlimit(RLIMIT_FSIZE, &limit) < 0 || limit.rlim_cur == RLIM_INFINITY
		       ? UINT64_MAX
		       : (uint64_t)limit.rlim_cur;
}

unsigned int sys_cpus(void)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	if (sched_getaffinity(0, sizeof(set), &set) < 0)
		return 1;
	return CPU_COUNT(&set) > 0 ? (unsigned int)CPU_COUNT(&set) : 1;
}

void sys_identity(uid_t *ret_uid, gid_t *ret_gid)
{
	*ret_uid = geteuid();
	*ret_gid = getegid();
}

bool sys_is_root(void)
{
	return geteuid() == 0;
}

/* Whether the process has CAP_FOWNER, which root lacks in some containers. */
static bool may_act_as_owner(void)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3] = { { 0 } };

	return syscall(SYS_capget, &header, data) == 0 &&
	       (data[0].effective & (UINT32_C(1) << CAP_FOWNER));
}

bool sys_owns(uid_t uid)
{
	return geteuid() == uid || may_act_as_owner();
}

bool sys_trusts(uid_t uid)
{
	return uid == 0 || uid == geteuid();
}

/* An anonymous file in memory. */
static int open_memory(void)
{
	const unsigned int noexec = 8; /* MFD_NOEXEC_SEAL, Linux 6.3, which asks for it */
	int fd = memfd_create("ovlcp", MFD_CLOEXEC | noexec);

	return fd < 0 && errno == EINVAL ? memfd_create("ovlcp", MFD_CLOEXEC) : fd;
}

bool sys_sees_trusted(void)
{
	/* a read of a trusted attribute is ENODATA in any case, but XATTR_REPLACE of one that does
	   not exist is EPERM for a caller without the capability: xattr(7) */
	int fd = open_memory();
	bool sees = fd >= 0 && fsetxattr(fd, "trusted.overlay", "", 0, XATTR_REPLACE) < 0 &&
		    errno != EPERM;

	if (fd >= 0)
		(void)close(fd); /* nothing was written */
	return sees;
}

bool sys_is_dedupe_denied(void)
{
	int fd = open_memory();
	bool is_denied = fd >= 0 && sys_dedupe(fd, fd, 0, 1) == -EPERM;

	if (fd >= 0)
		(void)close(fd); /* nothing was written */
	return is_denied;
}

bool sys_has_selinux(void)
{
	struct statfs fs;

	return statfs("/sys/fs/selinux", &fs) == 0 && fs.f_type == SELINUX_MAGIC;
}

mode_t sys_umask(void)
{
	FILE *status = fopen("/proc/self/status", "re");
	char line[256];
	mode_t mask = S_IRWXG | S_IRWXO;

	while (status && fgets(line, sizeof(line), status))
		if (sscanf(line, "Umask: %o", &mask) == 1)
			break;
	if (status)
		(void)fclose(status); /* only read */
	return mask;
}
