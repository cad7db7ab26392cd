/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * By pidfd_open(2), pidfd_getfd(2), process_vm_readv(2), prlimit(2), all of which ask whether this
 * process might trace the other one (ptrace(2), "Ptrace access mode checking").
 */
#include "caller.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/kcmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

/* pidfd_open(2), Linux 6.9: a thread that need not be the first of its process. */
#define THREAD_FLAG O_EXCL

/* The process that @thread belongs to; -1 if that cannot be told. */
static pid_t process_of(const struct caller *c)
{
	char line[256];
	int fd = openat(c->proc, "status", O_RDONLY | O_CLOEXEC);
	FILE *f = fd < 0 ? NULL : fdopen(fd, "re");
	long process = -1;

	if (!f && fd >= 0)
		(void)close(fd);
	while (f && process < 0 && fgets(line, sizeof(line), f))
		if (strncmp(line, "Tgid:", 5) == 0)
			process = strtol(line + 5, NULL, 10);
	if (f)
		(void)fclose(f);
	return (pid_t)process;
}

/* Open the process instead of its thread @thread, which has the same descriptors. As pidfd_open. */
static int open_process(const struct caller *c)
{
	pid_t process = process_of(c);
	int fd;

	if (process <= 0)
		return -ESRCH;
	if (process != c->thread &&
	    syscall(SYS_kcmp, process, c->thread, KCMP_FILES, 0UL, 0UL) != 0)
		return -ENOTSUP;
	fd = (int)syscall(SYS_pidfd_open, process, 0);
	return fd < 0 ? -errno : fd;
}

int caller_open(pid_t thread, struct caller *ret_c)
{
	char path[sizeof("/proc/") + 3 * sizeof(thread)];
	int r = 0;

	*ret_c = CALLER_CLOSED;
	ret_c->thread = thread;
	if (thread <= 0) /* it is in a PID namespace that cannot be seen from here */
		return -ESRCH;
	(void)snprintf(path, sizeof(path), "/proc/%d", (int)thread);
	ret_c->proc = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (ret_c->proc < 0)
		return -errno;
	ret_c->pidfd = (int)syscall(SYS_pidfd_open, thread, THREAD_FLAG);
	if (ret_c->pidfd < 0)
		r = errno == EINVAL ? open_process(ret_c) : -errno;
	if (ret_c->pidfd < 0 && r >= 0)
		ret_c->pidfd = r;
	if (r < 0)
		caller_close(ret_c);
	return r < 0 ? r : 0;
}

void caller_close(struct caller *c)
{
	if (c->pidfd >= 0)
		(void)close(c->pidfd);
	if (c->proc >= 0)
		(void)close(c->proc);
	*c = CALLER_CLOSED;
}

/* As open(2). A descriptor, or -errno. */
static int open_or_errno(const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC | O_NOCTTY);

	return fd < 0 ? -errno : fd;
}

/* Open the regular file behind the descriptor @number of the caller. A descriptor, or -errno. */
static int open_again(const struct caller *c, int number, int flags)
{
	char name[sizeof("fd/") + 3 * sizeof(number)];
	char link[sizeof("/proc/self/fd/") + 3 * sizeof(number)];
	struct stat st;
	int path;
	int fd = -ENOTSUP;

	(void)snprintf(name, sizeof(name), "fd/%d", number);
	path = openat(c->proc, name, O_PATH | O_CLOEXEC);
	if (path < 0)
		return -errno;
	(void)snprintf(link, sizeof(link), "/proc/self/fd/%d", path);
	if (fstat(path, &st) < 0)
		fd = -errno;
	else if (S_ISREG(st.st_mode))
		fd = open_or_errno(link, flags);
	(void)close(path);
	return fd;
}

struct caller_file caller_file(const struct caller *c, int number, int flags)
{
	int fd = (int)syscall(SYS_pidfd_getfd, c->pidfd, number, 0);

	if (fd >= 0)
		return (struct caller_file){ fd, true };
	return (struct caller_file){ errno == EPERM ? open_again(c, number, flags) : -errno,
				     false };
}

/* The result of a transfer of @len bytes that returned @n. 0, or -errno. */
static int transferred(ssize_t n, size_t len)
{
	return n < 0 ? -errno : (size_t)n == len ? 0 : -EFAULT;
}

int caller_read(const struct caller *c, uint64_t address, void *buf, size_t len)
{
	struct iovec here = { buf, len };
	struct iovec there = { (void *)(uintptr_t)address, len };

	return transferred(process_vm_readv(c->thread, &here, 1, &there, 1, 0), len);
}

int caller_write(const struct caller *c, uint64_t address, const void *buf, size_t len)
{
	struct iovec here = { (void *)(uintptr_t)buf, len };
	struct iovec there = { (void *)(uintptr_t)address, len };

	return transferred(process_vm_writev(c->thread, &here, 1, &there, 1, 0), len);
}

uint64_t caller_file_size_limit(const struct caller *c)
{
	struct rlimit limit;

	return prlimit(c->thread, RLIMIT_FSIZE, NULL, &limit) < 0 ? 0 : limit.rlim_cur;
}
