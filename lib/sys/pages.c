/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The page cache, by FIEMAP_FLAG_SYNC, cachestat(2), mincore(2), and by /proc/self/pagemap
 * (proc_pid_pagemap(5)), which tells the page frame number behind a mapping, or whether it is the
 * only mapping of that page; and proc_pid_maps(5).
 */
#include "sys/pages.h"

#include "base/fd.h"
#include "sys/result.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fiemap.h>
#include <linux/fs.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

/* Linux 6.5; the number is the same on every architecture but Alpha. */
#ifndef SYS_cachestat
#define SYS_cachestat 451
#endif

int sys_write_out(int fd)
{
	/* fm_extent_count is 0: extents are counted, not returned */
	struct fiemap map = { .fm_length = FIEMAP_MAX_OFFSET, .fm_flags = FIEMAP_FLAG_SYNC };

	return ioctl(fd, FS_IOC_FIEMAP, &map) < 0 ? -errno : 0;
}

int sys_sync_data(int fd)
{
	return sys_result(fdatasync(fd));
}

int sys_write_back(int fd)
{
	const unsigned int all =
		SYNC_FILE_RANGE_WAIT_BEFORE | SYNC_FILE_RANGE_WRITE | SYNC_FILE_RANGE_WAIT_AFTER;

	return sys_result(sync_file_range(fd, 0, 0, all));
}

int sys_sync(int fd)
{
	return sys_result(fsync(fd));
}

int sys_sync_fs(int fd)
{
	return sys_result(syncfs(fd));
}

int sys_set_direct(int fd, bool direct)
{
	int flags = fcntl(fd, F_GETFL);

	if (flags < 0)
		return -errno;
	return sys_result(fcntl(fd, F_SETFL, direct ? flags | O_DIRECT : flags & ~O_DIRECT));
}

int sys_drop_pages(int fd)
{
	return -posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
}

uint64_t sys_page_size(void)
{
	return (uint64_t)sysconf(_SC_PAGESIZE);
}

int64_t sys_cached_pages(int fd, uint64_t off, uint64_t len)
{
	/* struct cachestat_range and struct cachestat of linux/mman.h, which older headers lack */
	uint64_t range[2] = { off, len };
	uint64_t pages[5] = { 0 }; /* cached, dirty, writeback, evicted, recently evicted */

	return syscall(SYS_cachestat, fd, range, pages, 0) < 0 ? -errno : (int64_t)pages[0];
}

int64_t sys_resident_pages(int fd, uint64_t off, uint64_t len)
{
	unsigned char present[SYS_RESIDENT_MAX];
	const uint64_t page = sys_page_size();
	const uint64_t count = (len + page - 1) / page;
	void *at = mmap(NULL, len, PROT_READ, MAP_SHARED, fd, (off_t)off); /* never accessed */
	int64_t n = 0;
	int r;

	if (at == MAP_FAILED)
		return -errno;
	r = count <= SYS_RESIDENT_MAX ? sys_result(mincore(at, len, present)) : -EINVAL;
	(void)munmap(at, len); /* our own mapping */
	for (uint64_t i = 0; r == 0 && i < count; i++)
		n += present[i] & 1;
	return r < 0 ? r : n;
}

/* What an entry of /proc/self/pagemap says (proc_pid_pagemap(5)). */
#define PAGE_PRESENT   (UINT64_C(1) << 63)
#define PAGE_EXCLUSIVE (UINT64_C(1) << 56)	 /* mapped once; Linux 4.2, shown to every user */
#define PAGE_FRAME     ((UINT64_C(1) << 55) - 1) /* 0 without CAP_SYS_ADMIN */

/* One page of memory. */
struct page {
	void *at;
	size_t size;
};

/* The page at @off of @fd. It is populated by the kernel and never accessed: an I/O error would be
   a SIGBUS. */
static struct page map_page(int fd, off_t off)
{
	const size_t size = (size_t)sys_page_size();
	void *at = mmap(NULL, size, PROT_READ, MAP_SHARED | MAP_POPULATE, fd, off);

	return (struct page){ at, size };
}

static void unmap_page(const struct page *p)
{
	if (p->at != MAP_FAILED)
		(void)munmap(p->at, p->size); /* our own mapping */
}

/* The entry of @p in @pagemap; 0 if it is not in memory, or not known. */
static uint64_t page_entry(int pagemap, const struct page *p)
{
	uint64_t entry = 0;
	const off_t off = (off_t)((uintptr_t)p->at / p->size * sizeof(entry));

	if (p->at == MAP_FAILED || pread(pagemap, &entry, sizeof(entry), off) != sizeof(entry))
		return 0;
	return entry & PAGE_PRESENT ? entry : 0;
}

/* The page frame number of @p; 0 if that is not known. */
static uint64_t page_frame(int pagemap, const struct page *p)
{
	return page_entry(pagemap, p) & PAGE_FRAME;
}

/* Open /proc/self/pagemap. A descriptor, or -ENODATA. */
static int open_pagemap(void)
{
	int fd = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);

	return fd < 0 ? -ENODATA : fd;
}

/* Whether @pagemap has page frame numbers for this process. */
static bool has_frames(int pagemap)
{
	char here = 0; /* on the stack, in a page that is there */

	return page_frame(pagemap, &(struct page){ &here, (size_t)sys_page_size() }) != 0;
}

int sys_same_page(int a_fd, int b_fd, uint64_t off)
{
	const off_t at = (off_t)(off - off % sys_page_size());
	CLEANUP_FD int pagemap = open_pagemap();
	struct page a;
	struct page b;
	uint64_t first;
	uint64_t second;
	bool is_known;

	/* nothing is mapped in vain: a mapping sets the atime of a file that others own */
	if (pagemap < 0 || !has_frames(pagemap))
		return -ENODATA;
	a = map_page(a_fd, at);
	b = map_page(b_fd, at);
	first = page_frame(pagemap, &a);
	second = page_frame(pagemap, &b);
	/* asked again: the frame was not reclaimed and given to the other file between */
	is_known = first != 0 && second != 0 && page_frame(pagemap, &a) == first;
	unmap_page(&a);
	unmap_page(&b);
	return is_known ? first == second : -ENODATA;
}

/* Whether the page @a is mapped once although the one at @off of @fd is mapped, too, so that it is
   another page. 1; 0; -ENODATA if other processes map it as well, or a page is not in memory. */
static int is_alone_beside(int pagemap, const struct page *a, int fd, off_t off)
{
	const struct page other = map_page(fd, off);
	const uint64_t both = page_entry(pagemap, &other) ? page_entry(pagemap, a) : 0;

	unmap_page(&other);
	if (!both || !(page_entry(pagemap, a) & PAGE_EXCLUSIVE))
		return -ENODATA;
	return (both & PAGE_EXCLUSIVE) != 0;
}

/* Whether the first page of @b_fd is that of @a, mapped from @a_fd. 1, 0, or -ENODATA. */
static int compare_counts(int pagemap, const struct page *a, int a_fd, int b_fd)
{
	int alone;

	/* of a large folio some kernels count processes, not mappings */
	if (is_alone_beside(pagemap, a, a_fd, 0) != 0)
		return -ENODATA;
	alone = is_alone_beside(pagemap, a, b_fd, 0);
	/* again: another process may have mapped and unmapped the page */
	for (int i = 0; i < 2 && alone == 0; i++)
		alone = is_alone_beside(pagemap, a, b_fd, 0) == 0 ? 0 : -ENODATA;
	return alone < 0 ? alone : !alone;
}

int sys_same_page_by_count(int a_fd, int b_fd)
{
	CLEANUP_FD int pagemap = open_pagemap();
	struct page a;
	int r;

	if (pagemap < 0)
		return -ENODATA;
	a = map_page(a_fd, 0);
	r = compare_counts(pagemap, &a, a_fd, b_fd);
	unmap_page(&a);
	return r;
}

/* The device in the line of @maps (/proc/self/maps) for the address @at. 0, or -ENODATA. */
static int find_mapping(FILE *maps, uintptr_t at, dev_t *ret_dev)
{
	char *line = NULL;
	size_t room = 0;
	unsigned long begin;
	unsigned long end;
	unsigned int numbers[2];
	int r = -ENODATA;

	while (r < 0 && getline(&line, &room, maps) > 0)
		if (sscanf(line, "%lx-%lx %*s %*s %x:%x", &begin, &end, &numbers[0], &numbers[1]) ==
			    4 &&
		    begin <= at && at < end) {
			*ret_dev = makedev(numbers[0], numbers[1]);
			r = 0;
		}
	free(line);
	return r;
}

int sys_mapped_device(int fd, dev_t *ret_dev)
{
	const size_t length = 1; /* a page, never accessed */
	void *at = mmap(NULL, length, PROT_READ, MAP_PRIVATE, fd, 0);
	FILE *maps = at == MAP_FAILED ? NULL : fopen("/proc/self/maps", "re");
	int r = maps ? find_mapping(maps, (uintptr_t)at, ret_dev) : -ENODATA;

	if (maps)
		(void)fclose(maps); /* only read */
	if (at != MAP_FAILED)
		(void)munmap(at, length); /* our own mapping */
	return r;
}
