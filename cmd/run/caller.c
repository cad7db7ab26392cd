/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * By pidfd_open(2), pidfd_getfd(2) and files of /proc, which ask whether this process might trace
 * the other one (ptrace(2), "Ptrace access mode checking").
 *
 * A number of a process may be given to another one at any moment, so nothing is read or written by
 * number once the process is open: not by process_vm_writev(2), nor prlimit(2).
 */
#include "caller.h"

#include "proc_file.h"
#include "rights.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <linux/kcmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* pidfd_open(2), Linux 6.9: a thread that need not be the first of its process. */
#define THREAD_FLAG O_EXCL

/* The line of RLIMIT_FSIZE in /proc/PID/limits (proc_pid_limits(5)). */
#define FILE_SIZE_LIMIT "Max file size"

/* The process that the thread belongs to; -1 if that cannot be told. */
static pid_t process_of(const struct caller *c)
{
	FILE *f = proc_file_open(c->proc, "status");
	long process = -1;
	char line[256];

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
	if (c->memory >= 0)
		(void)close(c->memory);
	*c = CALLER_CLOSED;
}

/* As open(2). A descriptor, or -errno. */
static int open_or_errno(const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC | O_NOCTTY);

	return fd < 0 ? -errno : fd;
}

/* Whether the caller has the descriptor @number open for what @flags says, and not as O_PATH: to
   open a file for writing is to copy it up. */
static bool is_open_for(const struct caller *c, int number, int flags)
{
	char name[sizeof("fdinfo/") + 3 * sizeof(number)];
	unsigned int mode = O_PATH;
	char line[256];
	FILE *f;

	(void)snprintf(name, sizeof(name), "fdinfo/%d", number);
	f = proc_file_open(c->proc, name);
	while (f && fgets(line, sizeof(line), f))
		if (sscanf(line, "flags: %o", &mode) == 1)
			break;
	if (f)
		(void)fclose(f);
	return !(mode & O_PATH) &&
	       ((mode & O_ACCMODE) == O_RDWR || (mode & O_ACCMODE) == (unsigned int)flags);
}

/* Whether the caller may do with files what this process may. */
static bool has_same_rights(const struct caller *c)
{
	static struct rights its;
	static struct rights mine;

	return rights_read(c->proc, &its) == 0 && rights_read_own(&mine) == 0 &&
	       rights_equal(&its, &mine);
}

/* Open the regular file behind the descriptor @number of the caller. A descriptor, or -errno. */
static int open_again(const struct caller *c, int number, int flags)
{
	char name[sizeof("fd/") + 3 * sizeof(number)];
	char link[sizeof("/proc/self/fd/") + 3 * sizeof(number)];
	struct stat st;
	int path;
	int fd = -ENOTSUP;

	if (!has_same_rights(c) || !is_open_for(c, number, flags))
		return -EPERM;
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

int caller_read(struct caller *c, uint64_t address, void *buf, size_t len)
{
	if (c->memory < 0)
		c->memory = openat(c->proc, "mem", O_RDWR | O_CLOEXEC);
	if (c->memory < 0)
		return -errno;
	return transferred(pread(c->memory, buf, len, (off_t)address), len);
}

/* The kernel writes to mem even where the process itself may only read, as debuggers want it
   (proc_pid_mem(5)). */
bool caller_is_writable(const struct caller *c, uint64_t address, size_t len)
{
	FILE *maps = proc_file_open(c->proc, "maps");
	bool is_writable = false;
	uint64_t begin;
	uint64_t end;
	char mode[5];

	while (maps && !is_writable &&
	       fscanf(maps, "%" SCNx64 "-%" SCNx64 " %4s%*[^\n]", &begin, &end, mode) == 3)
		is_writable =
			mode[1] == 'w' && address >= begin && address < end && end - address >= len;
	if (maps)
		(void)fclose(maps);
	return is_writable;
}

int caller_write(const struct caller *c, uint64_t address, const void *buf, size_t len)
{
	return transferred(pwrite(c->memory, buf, len, (off_t)address), len);
}

uint64_t caller_file_size_limit(const struct caller *c)
{
	FILE *limits = proc_file_open(c->proc, "limits");
	uint64_t limit = 0;
	char line[256];

	while (limits && limit == 0 && fgets(line, sizeof(line), limits)) {
		if (strncmp(line, FILE_SIZE_LIMIT, strlen(FILE_SIZE_LIMIT)) != 0)
			continue;
		if (sscanf(line + strlen(FILE_SIZE_LIMIT), "%" SCNu64, &limit) != 1)
			limit = UINT64_MAX; /* "unlimited" */
		break;
	}
	if (limits)
		(void)fclose(limits);
	return limit;
}
