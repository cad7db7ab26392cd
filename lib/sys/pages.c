/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The page cache, by FIEMAP_FLAG_SYNC, cachestat(2), mincore(2), and by /proc/self/pagemap
 * (proc_pid_pagemap(5)), which tells the page frame number behind a mapping; and proc_pid_maps(5).
 */
#include "sys/pages.h"

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

/* The page frame number behind the address @at, by @map (/proc/self/pagemap); 0: unknown. */
static uint64_t page_frame(int map, const void *at, long page)
{
	const uint64_t present = UINT64_C(1) << 63;
	const uint64_t number = (UINT64_C(1) << 55) - 1;
	uint64_t entry = 0;
	off_t off = (off_t)((uintptr_t)at / (uintptr_t)page * sizeof(entry));

	if (pread(map, &entry, sizeof(entry), off) != sizeof(entry) || !(entry & present))
		return 0;
	return entry & number;
}

/* Open /proc/self/pagemap, if it has frame numbers for this process. A descriptor, or -ENODATA. */
static int open_page_map(long page)
{
	const char here = 0; /* on the stack, in a page that is there */
	int map = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);

	if (map >= 0 && page_frame(map, &here, page) != 0)
		return map;
	if (map >= 0)
		(void)close(map); /* only read */
	return -ENODATA;
}

/* As sys_same_page, with @map and a page of @page bytes at @at. */
static int compare_pages(int map, long page, int a_fd, int b_fd, off_t at)
{
	/* populated by the kernel and never accessed: an I/O error would be a SIGBUS */
	const int flags = MAP_SHARED | MAP_POPULATE;
	void *a = mmap(NULL, (size_t)page, PROT_READ, flags, a_fd, at);
	void *b = mmap(NULL, (size_t)page, PROT_READ, flags, b_fd, at);
	int r = -ENODATA;

	if (a != MAP_FAILED && b != MAP_FAILED) {
		uint64_t first = page_frame(map, a, page);
		uint64_t second = page_frame(map, b, page);

		/* asked again: the frame was not reclaimed and given to the other file between */
		if (first != 0 && second != 0 && page_frame(map, a, page) == first)
			r = first == second;
	}
	if (a != MAP_FAILED)
		(void)munmap(a, (size_t)page); /* our own mapping */
	if (b != MAP_FAILED)
		(void)munmap(b, (size_t)page); /* our own mapping */
	return r;
}

int sys_same_page(int a_fd, int b_fd, uint64_t off)
{
	const long page = sysconf(_SC_PAGESIZE);
	int map = open_page_map(page);
	int r = map;

	/* nothing is mapped in vain: a mapping sets the atime of a file that others own */
	if (map >= 0) {
		r = compare_pages(map, page, a_fd, b_fd, (off_t)(off - off % (uint64_t)page));
		(void)close(map); /* only read */
	}
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
