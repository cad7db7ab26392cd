/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The data of a file in memory: the pages that are not written out yet, and whose they are.
 */
#include "sys/pages.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fiemap.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

int sys_write_out(int fd)
{
	/* room for no extent: they are only counted */
	struct fiemap map = { .fm_length = FIEMAP_MAX_OFFSET, .fm_flags = FIEMAP_FLAG_SYNC };

	return ioctl(fd, FS_IOC_FIEMAP, &map) < 0 ? -errno : 0;
}

/* The frame of memory behind the page at @at, by @map (/proc/self/pagemap); 0 if not told. */
static uint64_t frame(int map, const void *at, long page)
{
	const uint64_t present = UINT64_C(1) << 63;
	const uint64_t number = (UINT64_C(1) << 55) - 1;
	uint64_t entry = 0;
	off_t off = (off_t)((uintptr_t)at / (uintptr_t)page * sizeof(entry));

	if (pread(map, &entry, sizeof(entry), off) != sizeof(entry) || !(entry & present))
		return 0;
	return entry & number;
}

int sys_same_page(int a_fd, int b_fd, uint64_t off)
{
	long page = sysconf(_SC_PAGESIZE);
	off_t at = (off_t)(off - off % (uint64_t)page);
	/* populated by the kernel and never touched: a page that cannot be read would kill us */
	const int flags = MAP_SHARED | MAP_POPULATE;
	void *a = mmap(NULL, (size_t)page, PROT_READ, flags, a_fd, at);
	void *b = mmap(NULL, (size_t)page, PROT_READ, flags, b_fd, at);
	int map = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
	int r = -ENODATA;

	if (map >= 0 && a != MAP_FAILED && b != MAP_FAILED) {
		uint64_t first = frame(map, a, page);
		uint64_t second = frame(map, b, page);

		/* still there: the frame was not given to the other one in between */
		if (first != 0 && second != 0 && frame(map, a, page) == first)
			r = first == second;
	}
	if (map >= 0)
		(void)close(map); /* only read */
	if (a != MAP_FAILED)
		(void)munmap(a, (size_t)page); /* our own mapping */
	if (b != MAP_FAILED)
		(void)munmap(b, (size_t)page); /* our own mapping */
	return r;
}
