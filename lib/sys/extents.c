/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Where the data of a file lies: FIEMAP on the device, the page cache in memory.
 *
 * The only file of this room that loops: the kernel hands out extents by the batch.
 */
#include "sys/sys.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fiemap.h>
#include <linux/fs.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

/* Extents asked for at a time. */
enum {
	BATCH = 256
};

/* A list that grows. */
struct list {
	struct sys_extent *at;
	size_t count;
	size_t room;
};

static int append(struct list *l, const struct fiemap_extent *e)
{
	const uint32_t nowhere = FIEMAP_EXTENT_UNKNOWN | FIEMAP_EXTENT_DELALLOC |
				 FIEMAP_EXTENT_DATA_INLINE | FIEMAP_EXTENT_NOT_ALIGNED;

	if (l->count == l->room) {
		size_t room = l->room ? l->room * 2 : 16;
		struct sys_extent *at = reallocarray(l->at, room, sizeof(*at));

		if (!at)
			return -ENOMEM;
		l->at = at;
		l->room = room;
	}
	l->at[l->count++] = (struct sys_extent){
		.logical = e->fe_logical,
		.physical = e->fe_physical,
		.length = e->fe_length,
		.shared = e->fe_flags & FIEMAP_EXTENT_SHARED,
		.known = !(e->fe_flags & nowhere),
	};
	return 0;
}

/* Append the next extents of @fd from *@next on. 1: there may be more; 0: that was all. */
static int next_batch(int fd, uint32_t flags, struct fiemap *map, uint64_t *next, struct list *l)
{
	map->fm_start = *next;
	map->fm_length = FIEMAP_MAX_OFFSET - *next;
	map->fm_flags = flags;
	map->fm_extent_count = BATCH;
	if (ioctl(fd, FS_IOC_FIEMAP, map) < 0)
		return -errno;
	for (uint32_t i = 0; i < map->fm_mapped_extents; i++) {
		const struct fiemap_extent *e = &map->fm_extents[i];
		int r = append(l, e);

		if (r < 0)
			return r;
		*next = e->fe_logical + e->fe_length;
		if (e->fe_flags & FIEMAP_EXTENT_LAST)
			return 0;
	}
	return map->fm_mapped_extents > 0;
}

int64_t sys_extents(int fd, bool sync, struct sys_extent **ret_list)
{
	struct fiemap *map = calloc(1, sizeof(*map) + BATCH * sizeof(map->fm_extents[0]));
	struct list l = { 0 };
	uint64_t next = 0;
	int r = map ? 1 : -ENOMEM;

	/* what was written out once need not be again */
	for (uint32_t flags = sync ? FIEMAP_FLAG_SYNC : 0; r > 0; flags = 0)
		r = next_batch(fd, flags, map, &next, &l);
	free(map);
	if (r < 0) {
		free(l.at);
		return r;
	}
	*ret_list = l.at;
	return (int64_t)l.count;
}

int64_t sys_shared_bytes(int fd)
{
	struct sys_extent *list = NULL;
	int64_t count = sys_extents(fd, false, &list);
	int64_t shared = 0;

	for (int64_t i = 0; i < count; i++)
		if (list[i].shared)
			shared += (int64_t)list[i].length;
	free(list);
	return count < 0 ? count : shared;
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
