/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Asks the kernel one question about one or two files, and prints its answer: "ok", a number, or
 * the name of the error. For tests/kernels/facts.
 *
 *	ask QUESTION FILE [FILE]
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

/* Not in the headers of an old C library. */
#define NR_CACHESTAT  451
#define HANDLE_FID    0x200
#define MNT_ID_UNIQUE 0x4000u

static int opened(const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC, 0600);

	if (fd < 0) {
		perror(path);
		exit(1);
	}
	return fd;
}

static long clone_of(const char *src, const char *dst)
{
	return ioctl(opened(dst, O_RDWR | O_CREAT), FICLONE, opened(src, O_RDONLY));
}

static long clone_beyond(const char *src, const char *dst)
{
	struct file_clone_range range = { .src_fd = opened(src, O_RDONLY),
					  .src_offset = UINT64_C(1) << 62 };

	return ioctl(opened(dst, O_RDWR | O_CREAT), FICLONERANGE, &range);
}

static long copy_range(const char *src, const char *dst)
{
	return syscall(SYS_copy_file_range, opened(src, O_RDONLY), NULL,
		       opened(dst, O_RDWR | O_CREAT), NULL, (size_t)1 << 20, 0u);
}

/* FIDEDUPERANGE of one byte. */
static long dedupe(int src_fd, int dst_fd)
{
	union {
		struct file_dedupe_range range;
		char room[sizeof(struct file_dedupe_range) + sizeof(struct file_dedupe_range_info)];
	} arg = { .range = { .src_length = 1, .dest_count = 1 } };

	arg.range.info[0].dest_fd = dst_fd;
	if (ioctl(src_fd, FIDEDUPERANGE, &arg.range) < 0)
		return -1;
	errno = -arg.range.info[0].status;
	return arg.range.info[0].status < 0 ? -1 : 0;
}

static long layer(const char *file, const char *unused)
{
	int fd = opened(file, O_RDONLY);

	(void)unused;
	return dedupe(fd, fd);
}

static long dedupe_onto(const char *src, const char *dst)
{
	return dedupe(opened(src, O_RDONLY), opened(dst, O_RDWR | O_CREAT));
}

static long unnamed(const char *dir, const char *unused)
{
	(void)unused;
	return open(dir, O_TMPFILE | O_RDWR, 0600) < 0 ? -1 : 0;
}

static long unnamed_clones(const char *dir, const char *unused)
{
	int fd = open(dir, O_TMPFILE | O_RDWR, 0600);

	(void)unused;
	return fd < 0 ? -1 : ioctl(fd, FICLONE, fd);
}

/* Whether statx fills the fields of @mask. */
static long has_fields(const char *file, unsigned int mask)
{
	struct statx stx;

	if (statx(AT_FDCWD, file, 0, mask, &stx) < 0)
		return -1;
	return (stx.stx_mask & mask) == mask;
}

static long mount_id(const char *file, const char *unused)
{
	(void)unused;
	return has_fields(file, STATX_MNT_ID);
}

static long unique_mount_id(const char *file, const char *unused)
{
	(void)unused;
	return has_fields(file, MNT_ID_UNIQUE);
}

static long birth(const char *file, const char *unused)
{
	(void)unused;
	return has_fields(file, STATX_BTIME);
}

static long handle(const char *file, const char *unused)
{
	union {
		struct file_handle handle;
		char room[sizeof(struct file_handle) + MAX_HANDLE_SZ];
	} h = { .handle = { .handle_bytes = MAX_HANDLE_SZ } };
	int mount;

	(void)unused;
	return syscall(SYS_name_to_handle_at, AT_FDCWD, file, &h.handle, &mount, HANDLE_FID);
}

static long cachestat(const char *file, const char *unused)
{
	uint64_t range[2] = { 0, 0 };
	uint64_t counts[5];

	(void)unused;
	return syscall(NR_CACHESTAT, opened(file, O_RDONLY), range, counts, 0u);
}

/* Whether a mapping of @file is shown with the device of the filesystem of @dir. */
static long mapped(const char *file, const char *dir)
{
	void *at = mmap(NULL, 1, PROT_READ, MAP_PRIVATE, opened(file, O_RDONLY), 0);
	FILE *maps = fopen("/proc/self/maps", "re");
	char line[4096];
	struct stat st;
	void *begin;
	unsigned int numbers[2];

	if (at == MAP_FAILED || !maps || stat(dir, &st) < 0)
		return -1;
	while (fgets(line, sizeof(line), maps))
		if (sscanf(line, "%p-%*s %*s %*s %x:%x", &begin, &numbers[0], &numbers[1]) == 3 &&
		    begin == at)
			return makedev(numbers[0], numbers[1]) == st.st_dev;
	errno = ENODATA;
	return -1;
}

static const struct {
	const char *question;
	long (*ask)(const char *first, const char *second);
} questions[] = {
	{ "clone", clone_of },
	{ "clone-beyond", clone_beyond },
	{ "copy-range", copy_range },
	{ "layer", layer },
	{ "dedupe", dedupe_onto },
	{ "unnamed", unnamed },
	{ "unnamed-clones", unnamed_clones },
	{ "mount-id", mount_id },
	{ "unique-mount-id", unique_mount_id },
	{ "birth", birth },
	{ "handle-fid", handle },
	{ "cachestat", cachestat },
	{ "mapped", mapped },
};

int main(int argc, char **argv)
{
	if (argc < 3)
		return 2;
	for (size_t i = 0; i < sizeof(questions) / sizeof(*questions); i++) {
		long r;

		if (strcmp(questions[i].question, argv[1]) != 0)
			continue;
		r = questions[i].ask(argv[2], argc > 3 ? argv[3] : NULL);
		if (r < 0)
			puts(strerrorname_np(errno));
		else
			printf("%ld\n", r);
		return 0;
	}
	return 2;
}
