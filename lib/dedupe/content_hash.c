/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * XXH3 of xxHash, whose functions are compiled in: there is no library to load.
 *
 * Blocks of zeros are left out, and those that are hashed come with their offset, so that a hole
 * and zeros hash alike.
 */
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "dedupe/content_hash.h"

#include "base/unsupported.h"
#include "exec/data.h"
#include "exec/extent_list.h"
#include "exec/read_data.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

int content_hash_compare(const struct content_hash *a, const struct content_hash *b)
{
	if (a->high != b->high)
		return a->high < b->high ? -1 : 1;
	return a->low < b->low ? -1 : a->low > b->low;
}

static struct content_hash digest(const XXH3_state_t *state)
{
	const XXH128_hash_t h = XXH3_128bits_digest(state);

	return (struct content_hash){ h.high64, h.low64 };
}

static bool is_zero(const char *buffer, size_t len)
{
	return buffer[0] == 0 && memcmp(buffer, buffer + 1, len - 1) == 0;
}

/* Where the block with the next data at @off, the beginning of one, or after it begins. */
static uint64_t next_block(int fd, uint64_t off)
{
	const uint64_t data = exec_next_data(fd, off);
	const uint64_t block = data - data % EXEC_BUFFER_SIZE;

	if (data == UINT64_MAX)
		return data;
	return block > off ? block : off; /* never back, at the end of a file that is no block */
}

int content_hash_read(int fd, uint64_t len, void *buffer, const atomic_bool *cancelled,
		      struct content_hash *ret_hash)
{
	XXH3_state_t state;

	(void)XXH3_128bits_reset(&state); /* it fails for NULL only, as update does */
	for (uint64_t off = next_block(fd, 0); off < len; off = next_block(fd, off)) {
		const uint64_t left = len - off;
		const size_t want = left < EXEC_BUFFER_SIZE ? (size_t)left : EXEC_BUFFER_SIZE;
		const int64_t n = exec_read_full(fd, buffer, want, off);

		if (n < 0)
			return (int)n;
		if (n == 0)
			break;
		if (!is_zero(buffer, (size_t)n)) {
			(void)XXH3_128bits_update(&state, &off, sizeof(off));
			(void)XXH3_128bits_update(&state, buffer, (size_t)n);
		}
		off += (uint64_t)n;
		if (atomic_load_explicit(cancelled, memory_order_relaxed))
			return -ECANCELED;
	}
	*ret_hash = digest(&state);
	return 0;
}

int content_hash_places(int fd, uint64_t len, dev_t dev, struct content_hash *ret_hash)
{
	struct extent_list l = { 0 };
	XXH3_state_t state;
	int r = extent_list_read(fd, len, &l);
	bool is_known = r == 0 && l.count > 0;

	(void)XXH3_128bits_reset(&state);
	(void)XXH3_128bits_update(&state, &dev, sizeof(dev));
	for (size_t i = 0; i < l.count; i++) {
		const struct sys_extent *e = &l.list[i];
		const uint64_t place[] = { e->logical, e->physical, e->length };

		is_known = is_known && e->known && !e->encoded && e->has_data;
		(void)XXH3_128bits_update(&state, place, sizeof(place));
	}
	extent_list_done(&l);
	if (is_known)
		*ret_hash = digest(&state);
	return is_unsupported(r) ? 0 : r < 0 ? r : is_known;
}
