/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * System calls on descriptors, one function each.
 */
#include "sys/descriptor.h"

#include "base/minmax.h"
#include "sys/result.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <unistd.h>

int sys_open(int dir_fd, const char *path, int flags, mode_t mode)
{
	return sys_result(openat(dir_fd, path, flags | O_CLOEXEC | O_NOCTTY, mode));
}

void sys_fd_path(int fd, char path[SYS_FD_PATH_SIZE])
{
	(void)snprintf(path, SYS_FD_PATH_SIZE, "/proc/self/fd/%d", fd); /* fits */
}

int sys_reopen(int fd, int flags)
{
	char path[SYS_FD_PATH_SIZE];

	sys_fd_path(fd, path);
	return sys_open(AT_FDCWD, path, flags, 0);
}

int sys_dup(int fd)
{
	return sys_result(fcntl(fd, F_DUPFD_CLOEXEC, 3));
}

int sys_close(int fd)
{
	return sys_result(close(fd));
}

int sys_wait_readable(int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };

	return poll(&p, 1, -1) < 0 ? -errno : 0;
}

int sys_make_blocking(int fd)
{
	int flags = fcntl(fd, F_GETFL);

	return flags < 0 ? -errno : sys_result(fcntl(fd, F_SETFL, flags & ~O_NONBLOCK));
}

int64_t sys_read(int fd, void *buf, size_t len, int64_t off)
{
	/* EINVAL if the end would be beyond the greatest offset (rw_verify_area in
	   fs/read_write.c), and XFS has files that end there */
	if (off >= 0)
		len = min_u64(len, (uint64_t)(INT64_MAX - off));
	return sys_count(off < 0 ? read(fd, buf, len) : pread(fd, buf, len, off));
}

int64_t sys_write(int fd, const void *buf, size_t len, int64_t off)
{
	return sys_count(off < 0 ? write(fd, buf, len) : pwrite(fd, buf, len, off));
}

int64_t sys_seek(int fd, uint64_t off, int whence)
{
	return sys_count(lseek(fd, (off_t)off, whence));
}

int sys_truncate(int fd, uint64_t size)
{
	return sys_result(ftruncate(fd, (off_t)size));
}

int sys_punch_hole(int fd, uint64_t off, uint64_t len)
{
	const int mode = FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE;

	return sys_result(fallocate(fd, mode, (off_t)off, (off_t)len));
}
