/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * FIEMAP, in batches of extents.
 *
 * Delayed allocations are not flushed for it: such an extent has no blocks and is not shared. See
 * sys_write_out in sys/pages.h.
 */
#include "sys/extents.h"

#include <errno.h>
#include <linux/fiemap.h>
#include <linux/fs.h>
#include <stdlib.h>
#include <sys/ioctl.h>

static struct sys_extent from_fiemap(const struct fiemap_extent *e)
{
	const uint32_t unknown = FIEMAP_EXTENT_UNKNOWN | FIEMAP_EXTENT_DELALLOC |
				 FIEMAP_EXTENT_DATA_INLINE | FIEMAP_EXTENT_NOT_ALIGNED;

	return (struct sys_extent){
		.logical = e->fe_logical,
		.physical = e->fe_physical,
		.length = e->fe_length,
		.shared = e->fe_flags & FIEMAP_EXTENT_SHARED,
		.known = !(e->fe_flags & unknown),
		.encoded = e->fe_flags & FIEMAP_EXTENT_ENCODED,
		.has_data = !(e->fe_flags & (FIEMAP_EXTENT_DATA_INLINE | FIEMAP_EXTENT_UNWRITTEN)),
	};
}

/* Call @fn for each extent in @map. 1: the last extent of the file was there; 0; or -errno. */
static int call_for_each(const struct fiemap *map, sys_extent_fn *fn, void *payload)
{
	for (uint32_t i = 0; i < map->fm_mapped_extents; i++) {
		struct sys_extent e = from_fiemap(&map->fm_extents[i]);
		int r = fn(&e, payload);

		if (r < 0)
			return r;
		if (map->fm_extents[i].fe_flags & FIEMAP_EXTENT_LAST)
			return 1;
	}
	return map->fm_mapped_extents == 0;
}

int sys_extents(int fd, sys_extent_fn *fn, void *payload)
{
	enum {
		BATCH = 256
	};
	const size_t room = sizeof(struct fiemap) + BATCH * sizeof(struct fiemap_extent);
	struct fiemap *map = calloc(1, room);
	uint64_t next = 0;
	int r = map ? 0 : -ENOMEM;

	while (r == 0) {
		const struct fiemap_extent *last;

		map->fm_start = next;
		map->fm_length = FIEMAP_MAX_OFFSET - next;
		map->fm_flags = 0;
		map->fm_extent_count = BATCH;
		r = ioctl(fd, FS_IOC_FIEMAP, map) < 0 ? -errno : 0;
		if (r == 0)
			r = call_for_each(map, fn, payload);
		if (r == 0) {
			last = &map->fm_extents[map->fm_mapped_extents - 1];
			next = last->fe_logical + last->fe_length;
		}
	}
	free(map);
	return r < 0 ? r : 0;
}

static int add_shared(const struct sys_extent *e, void *payload)
{
	int64_t *shared = payload;

	*shared += e->shared ? (int64_t)e->length : 0;
	return 0;
}

int64_t sys_shared_bytes(int fd)
{
	int64_t shared = 0;
	int r = sys_extents(fd, add_shared, &shared);

	return r < 0 ? r : shared;
}
