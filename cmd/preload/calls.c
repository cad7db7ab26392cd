/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libovlcp-preload.so: the functions that it has in place of those of libc (LD_PRELOAD, ld.so(8)).
 *
 * A tour of this directory:
 *   calls.c   the functions, and the only symbols that the library shows (preload.map)
 *   next.c    those of libc
 *   policy.c  whether and how calls are helped
 *   help.c    what is done about one call
 *   pause.c   the thread meanwhile
 * ../run/ has what both ways to help have in common: files.c, sendfile_range.c, copy_up.c,
 * report.c. docs/decisions/0026-preload.md says why it is done like this, and what it cannot do.
 *
 * Each call goes to the next library first, and is helped after it has failed with EXDEV; only
 * sendfile, which never shares by itself, is helped before. The names in the assembly keep them
 * apart from the declarations of libc, whose types differ from one to the next.
 */
#include "preload/help.h"
#include "preload/next.h"

#include <errno.h>
#include <linux/fs.h>
#include <stdarg.h>
#include <stdint.h>

#define SHOWN __attribute__((visibility("default")))

SHOWN int preload_ioctl(int fd, unsigned long request, ...) __asm__("ioctl");
SHOWN ssize_t preload_copy_file_range(int src_fd, off_t *src_off, int dst_fd, off_t *dst_off,
				      size_t len, unsigned int flags) __asm__("copy_file_range");
SHOWN ssize_t preload_sendfile64(int dst_fd, int src_fd, off_t *offset,
				 size_t count) __asm__("sendfile64");

/* The source of the clone @request; -1: it is another request. */
static int source_of(unsigned long request, const void *argument)
{
	if ((uint32_t)request == (uint32_t)FICLONE)
		return (int)(intptr_t)argument;
	if ((uint32_t)request == (uint32_t)FICLONERANGE)
		return (int)((const struct file_clone_range *)argument)->src_fd;
	return -1;
}

/* A request of the type of clones. */
static int clone_file(int fd, unsigned long request, void *argument)
{
	const int before = errno;
	int r = next_ioctl(fd, request, argument);

	/* after EXDEV the memory of the argument has been read by the kernel */
	if (r < 0 && errno == EXDEV && help_clone(source_of(request, argument), fd)) {
		errno = before;
		r = next_ioctl(fd, request, argument);
	}
	return r;
}

int preload_ioctl(int fd, unsigned long request, ...)
{
	va_list arguments;
	void *argument;

	va_start(arguments, request);
	argument = va_arg(arguments, void *); /* as libc does, whatever there is */
	va_end(arguments);
	/* no request of terminals or sockets has this type */
	if (_IOC_TYPE(request) != _IOC_TYPE(FICLONE))
		return next_ioctl(fd, request, argument);
	return clone_file(fd, request, argument);
}

ssize_t preload_copy_file_range(int src_fd, off_t *src_off, int dst_fd, off_t *dst_off, size_t len,
				unsigned int flags)
{
	const int before = errno;
	ssize_t r = next_copy_file_range(src_fd, src_off, dst_fd, dst_off, len, flags);

	if (r < 0 && errno == EXDEV && help_copy_range(src_fd, src_off, dst_fd, dst_off, len)) {
		errno = before;
		r = next_copy_file_range(src_fd, src_off, dst_fd, dst_off, len, flags);
	}
	return r;
}

ssize_t preload_sendfile64(int dst_fd, int src_fd, off_t *offset, size_t count)
{
	ssize_t done = help_sendfile(dst_fd, src_fd, offset, count);

	return done > 0 ? done : next_sendfile(dst_fd, src_fd, offset, count);
}

#ifdef __LP64__
/* the same where an off_t has 64 bits in any case; elsewhere old programs use the other one */
SHOWN ssize_t preload_sendfile(int dst_fd, int src_fd, off_t *offset,
			       size_t count) __asm__("sendfile")
	__attribute__((alias("sendfile64")));
#endif
