/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Asks cachestat(2), else mincore(2), about samples of a file: to ask about each page of a big one
 * takes milliseconds.
 *
 * The surprising fact: mincore says that every page is there to a caller who neither owns the file
 * nor may write to it (can_do_mincore in mm/mincore.c), so only an owner asks.
 */
#include "probe/page_cache.h"

#include "sys/pages.h"
#include "sys/process.h"

#include <errno.h>

/* Number of samples, and pages of each. */
#define SAMPLES	     64
#define SAMPLE_PAGES 16

/* A function of sys/pages.h that counts pages. */
typedef int64_t count_fn(int fd, uint64_t off, uint64_t len);

/* How many pages of the samples of @size bytes are there, by @count; or -errno. */
static int64_t count_samples(int fd, uint64_t size, count_fn *count)
{
	const uint64_t page = sys_page_size();
	const uint64_t step = size / SAMPLES / page * page;
	int64_t sum = 0;

	for (uint64_t i = 0; i < SAMPLES; i++) {
		int64_t n = count(fd, i * step, SAMPLE_PAGES * page);

		if (n < 0)
			return n;
		sum += n;
	}
	return sum;
}

bool page_cache_has(int fd, const struct stat *st)
{
	const uint64_t size = (uint64_t)st->st_size;
	int64_t n;

	if (size < SAMPLES * SAMPLE_PAGES * sys_page_size())
		return false; /* the samples would overlap; so small a file is not worth asking */
	n = count_samples(fd, size, sys_cached_pages);
	/* the pages of a file on overlayfs are not its own, but it is mapped with them */
	if ((n == 0 || n == -ENOSYS) && sys_owns(st->st_uid))
		n = count_samples(fd, size, sys_resident_pages);
	return n >= SAMPLES * SAMPLE_PAGES * 15 / 16;
}
