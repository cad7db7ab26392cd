/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * An array that is searched from the start: most copies have one or two pairs of filesystems.
 */
#include "probe/fs_pair_cache.h"

#include "base/array.h"

#include <stdlib.h>

void fs_pair_cache_init(struct fs_pair_cache *cache)
{
	*cache = (struct fs_pair_cache){ .count = 0 };
	(void)pthread_mutex_init(&cache->lock, NULL); /* cannot fail with glibc and musl */
}

/* The pair in the cache, or NULL. */
static struct fs_pair *find_pair(const struct fs_pair_cache *cache, dev_t src, dev_t dst)
{
	for (size_t i = 0; i < cache->count; i++)
		if (cache->pairs[i].src == src && cache->pairs[i].dst == dst)
			return &cache->pairs[i];
	return NULL;
}

struct fs_pair fs_pair_get(struct fs_pair_cache *cache, dev_t src, dev_t dst)
{
	struct fs_pair pair = { .src = src, .dst = dst };
	const struct fs_pair *known;

	pthread_mutex_lock(&cache->lock);
	known = find_pair(cache, src, dst);
	if (known)
		pair = *known;
	pthread_mutex_unlock(&cache->lock);
	return pair;
}

/* Append a pair, whose content is undefined; NULL if memory is short. */
static struct fs_pair *append_pair(struct fs_pair_cache *cache)
{
	if (array_grow(&cache->pairs, &cache->room, cache->count, sizeof(*cache->pairs)) < 0)
		return NULL;
	return &cache->pairs[cache->count++];
}

void fs_pair_put(struct fs_pair_cache *cache, const struct fs_pair *pair)
{
	struct fs_pair *slot;

	pthread_mutex_lock(&cache->lock);
	slot = find_pair(cache, pair->src, pair->dst);
	if (!slot)
		slot = append_pair(cache);
	if (slot)
		*slot = *pair;
	pthread_mutex_unlock(&cache->lock);
}

void fs_pair_cache_done(struct fs_pair_cache *cache)
{
	free(cache->pairs);
	(void)pthread_mutex_destroy(&cache->lock); /* it is not locked */
}
