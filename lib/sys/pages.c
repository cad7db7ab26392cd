/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The page cache, by FIEMAP_FLAG_SYNC, cachestat(2), mincore(2), and by /proc/self/pagemap
 * (proc_pid_pagemap(5)), which tells the page frame number behind a mapping, or whether it is the
 * only mapping of that page; and proc_pid_maps(5).
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

/* What an entry of /proc/self/pagemap says (proc_pid_pagemap(5)). */
#define PAGE_PRESENT   (UINT64_C(1) << 63)
#define PAGE_EXCLUSIVE (UINT64_C(1) << 56)	 /* mapped once; Linux 4.2, shown to every user */
#define PAGE_FRAME     ((UINT64_C(1) << 55) - 1) /* 0 without CAP_SYS_ADMIN */

/* One page of a file in memory. */
struct mapped_page {
	void *at;
	size_t size;
};

/* Map the page at @off of @fd. It is populated by the kernel and never accessed: an I/O error would
   be a SIGBUS. */
static struct mapped_page map_page(int fd, off_t off)
{
	const size_t size = (size_t)sys_page_size();

	return (struct mapped_page){
		mmap(NULL, size, PROT_READ, MAP_SHARED | MAP_POPULATE, fd, off), size
	};
}

static void unmap_page(const struct mapped_page *m)
{
	if (m->at != MAP_FAILED)
		(void)munmap(m->at, m->size); /* our own mapping */
}

/* The entry of @m in @pagemap; 0 if it is not there, or not known. */
static uint64_t page_entry(int pagemap, const struct mapped_page *m)
{
	uint64_t entry = 0;
	const off_t off = (off_t)((uintptr_t)m->at / m->size * sizeof(entry));

	if (m->at == MAP_FAILED || pread(pagemap, &entry, sizeof(entry), off) != sizeof(entry))
		return 0;
	return entry & PAGE_PRESENT ? entry : 0;
}

/* Whether the page at @off of @b_fd is that of @a, by their page frame numbers. 1, 0, or -ENODATA.
 */
static int compare_frames(int pagemap, const struct mapped_page *a, int b_fd, off_t off)
{
	const struct mapped_page b = map_page(b_fd, off);
	const uint64_t first = page_entry(pagemap, a) & PAGE_FRAME;
	const uint64_t second = page_entry(pagemap, &b) & PAGE_FRAME;
	/* asked again: the frame was not reclaimed and given to the other file between */
	const bool is_known =
		first != 0 && second != 0 && (page_entry(pagemap, a) & PAGE_FRAME) == first;

	unmap_page(&b);
	return is_known ? first == second : -ENODATA;
}

/* The same by the number of mappings: that of @a is the only one of its page just when @b_fd is not
   mapped. Tried several times, as another process may map the page. 1, or -ENODATA: it is no proof
   of the contrary, because of a large folio the kernel counts the processes, not the mappings. */
static int compare_mappings(int pagemap, const struct mapped_page *a, int b_fd, off_t off)
{
	for (int i = 0; i < 3; i++) {
		const struct mapped_page b = map_page(b_fd, off);
		const uint64_t both = page_entry(pagemap, &b) ? page_entry(pagemap, a) : 0;

		unmap_page(&b);
		if (!both || (both & PAGE_EXCLUSIVE) || !(page_entry(pagemap, a) & PAGE_EXCLUSIVE))
			return -ENODATA;
	}
	return 1;
}

int sys_same_page(int a_fd, int b_fd, uint64_t off)
{
	const off_t at = (off_t)(off - off % sys_page_size());
	const struct mapped_page a = map_page(a_fd, at);
	int pagemap = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
	int r = -ENODATA;

	if (pagemap >= 0)
		r = compare_frames(pagemap, &a, b_fd, at);
	if (pagemap >= 0 && r < 0)
		r = compare_mappings(pagemap, &a, b_fd, at);
	if (pagemap >= 0)
		(void)close(pagemap); /* only read */
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
