/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Makes the calls that ovl-run helps, as the kernel has them, without what a C library adds:
 *
 *	call METHOD SOURCE DESTINATION...
 *
 * METHOD is clone, clone-range, copy-range, sendfile (from the position of the source) or
 * sendfile-at (from an offset in memory), each until the end of the source, in calls of 16 MiB but
 * for the first two. Prints "METHOD: BYTES" for each destination, or the error and ends with 1.
 * sendfile-at also tells if the position of the source has moved.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define CHUNK ((size_t)16 << 20)

static long do_clone(int src, int dst, off_t size)
{
	return syscall(SYS_ioctl, dst, FICLONE, src) < 0 ? -1 : (long)size;
}

static long do_clone_range(int src, int dst, off_t size)
{
	struct file_clone_range range = { .src_fd = src };

	return syscall(SYS_ioctl, dst, FICLONERANGE, &range) < 0 ? -1 : (long)size;
}

static long do_copy_range(int src, int dst, off_t size)
{
	(void)size;
	return syscall(SYS_copy_file_range, src, NULL, dst, NULL, CHUNK, 0);
}

static long do_sendfile(int src, int dst, off_t size)
{
	(void)size;
	return syscall(SYS_sendfile, dst, src, NULL, CHUNK);
}

static long do_sendfile_at(int src, int dst, off_t size)
{
	off_t off = lseek(dst, 0, SEEK_CUR);
	const off_t before = off;
	long n = syscall(SYS_sendfile, dst, src, &off, CHUNK);

	(void)size;
	if (n >= 0 && (off != before + n || lseek(src, 0, SEEK_CUR) != 0)) {
		errno = ERANGE;
		return -1;
	}
	return n;
}

static const struct {
	const char *name;
	long (*call)(int src, int dst, off_t size);
} methods[] = {
	{ "clone", do_clone },
	{ "clone-range", do_clone_range },
	{ "copy-range", do_copy_range },
	{ "sendfile", do_sendfile },
	{ "sendfile-at", do_sendfile_at },
};
enum {
	METHODS = sizeof(methods) / sizeof(*methods)
};

/* Copy @size bytes by the method @m. 0, or -1 with errno. */
static int copy(size_t m, int src, int dst, off_t size)
{
	for (off_t done = 0; done < size;) {
		long n = methods[m].call(src, dst, size);

		if (n <= 0) {
			errno = n < 0 ? errno : ENODATA;
			return -1;
		}
		done += n;
		if (m > 1 && lseek(dst, 0, SEEK_CUR) != done) {
			errno = ESPIPE; /* the position of the destination is wrong */
			return -1;
		}
	}
	return 0;
}

int main(int argc, char *argv[])
{
	size_t m = 0;

	while (m < METHODS && (argc < 4 || strcmp(argv[1], methods[m].name) != 0))
		m++;
	if (m == METHODS) {
		fputs("usage: call METHOD SOURCE DESTINATION...\n", stderr);
		return 2;
	}
	for (int i = 3; i < argc; i++) {
		int src = open(argv[2], O_RDONLY | O_CLOEXEC);
		int dst = open(argv[i], O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
		struct stat st;

		if (src < 0 || dst < 0 || fstat(src, &st) < 0 ||
		    copy(m, src, dst, st.st_size) < 0) {
			printf("%s: %s\n", argv[1], strerror(errno));
			return 1;
		}
		printf("%s: %lld\n", argv[1], (long long)st.st_size);
		close(src);
		close(dst);
	}
	return 0;
}
