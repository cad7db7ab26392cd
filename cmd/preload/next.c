/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Looked up once, by the constructor: dlsym(3) takes locks, which a call of a signal handler must
 * not. Nothing of the process changes by that.
 */
#include "preload/next.h"

#include <dlfcn.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Offsets have 64 bits on every architecture (AC_SYS_LARGEFILE). */
_Static_assert(sizeof(off_t) == 8, "off_t of 64 bits");

#ifdef SYS_sendfile64
#define SENDFILE_NUMBER SYS_sendfile64
#else
#define SENDFILE_NUMBER SYS_sendfile
#endif

typedef int ioctl_fn(int fd, unsigned long request, ...);
typedef ssize_t copy_file_range_fn(int src_fd, off_t *src_off, int dst_fd, off_t *dst_off,
				   size_t len, unsigned int flags);
typedef ssize_t sendfile_fn(int dst_fd, int src_fd, off_t *offset, size_t count);

/* NULL: the system call. Another thread may run while they are looked up. */
static _Atomic(ioctl_fn *) next_ioctl_fn;
static _Atomic(copy_file_range_fn *) next_copy_file_range_fn;
static _Atomic(sendfile_fn *) next_sendfile_fn;

/* The function @name of the next library; NULL: none has it. */
static void *find_next(const char *name)
{
	void *address = dlsym(RTLD_NEXT, name);

	if (!address)
		(void)dlerror(); /* the program must not find a message that is not its own */
	return address;
}

__attribute__((constructor)) static void find_all(void)
{
	atomic_store(&next_ioctl_fn, (ioctl_fn *)find_next("ioctl"));
	atomic_store(&next_copy_file_range_fn, (copy_file_range_fn *)find_next("copy_file_range"));
	atomic_store(&next_sendfile_fn, (sendfile_fn *)find_next("sendfile64"));
}

int next_ioctl(int fd, unsigned long request, void *argument)
{
	ioctl_fn *fn = atomic_load_explicit(&next_ioctl_fn, memory_order_relaxed);

	return fn ? fn(fd, request, argument) : (int)syscall(SYS_ioctl, fd, request, argument);
}

ssize_t next_copy_file_range(int src_fd, off_t *src_off, int dst_fd, off_t *dst_off, size_t len,
			     unsigned int flags)
{
	copy_file_range_fn *fn =
		atomic_load_explicit(&next_copy_file_range_fn, memory_order_relaxed);

	if (fn)
		return fn(src_fd, src_off, dst_fd, dst_off, len, flags);
	return syscall(SYS_copy_file_range, src_fd, src_off, dst_fd, dst_off, len, flags);
}

ssize_t next_sendfile(int dst_fd, int src_fd, off_t *offset, size_t count)
{
	sendfile_fn *fn = atomic_load_explicit(&next_sendfile_fn, memory_order_relaxed);

	if (fn)
		return fn(dst_fd, src_fd, offset, count);
	return syscall(SENDFILE_NUMBER, dst_fd, src_fd, offset, count);
}
