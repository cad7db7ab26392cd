/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A short list of pairs of filesystems: a call meets one or two, so it is searched in order.
 */
#include "probe/fs_pair_cache.h"

#include "base/array.h"

#include <stdlib.h>

void fs_pair_cache_init(struct fs_pair_cache *caps)
{
	*caps = (struct fs_pair_cache){ .count = 0 };
	(void)pthread_mutex_init(&caps->lock, NULL); /* cannot fail with Linux' C libraries */
}

/* The place of the pair in the list, or NULL. */
static struct fs_pair *find(const struct fs_pair_cache *caps, dev_t src, dev_t dst)
{
	for (size_t i = 0; i < caps->count; i++)
		if (caps->pairs[i].src == src && caps->pairs[i].dst == dst)
			return &caps->pairs[i];
	return NULL;
}

struct fs_pair fs_pair_get(struct fs_pair_cache *caps, dev_t src, dev_t dst)
{
	struct fs_pair pair = { .src = src, .dst = dst };
	const struct fs_pair *known;

	pthread_mutex_lock(&caps->lock);
	known = find(caps, src, dst);
	if (known)
		pair = *known;
	pthread_mutex_unlock(&caps->lock);
	return pair;
}

/* Room for one more; NULL when memory is short. */
static struct fs_pair *append(struct fs_pair_cache *caps)
{
	if (array_grow(&caps->pairs, &caps->room, caps->count, sizeof(*caps->pairs)) < 0)
		return NULL;
	return &caps->pairs[caps->count++];
}

void fs_pair_put(struct fs_pair_cache *caps, const struct fs_pair *pair)
{
	struct fs_pair *place;

	pthread_mutex_lock(&caps->lock);
	place = find(caps, pair->src, pair->dst);
	if (!place)
		place = append(caps);
	if (place)
		*place = *pair;
	pthread_mutex_unlock(&caps->lock);
}

void fs_pair_cache_done(struct fs_pair_cache *caps)
{
	free(caps->pairs);
	(void)pthread_mutex_destroy(&caps->lock); /* nobody holds it */
}
