/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A table of sources by device and inode number.
 *
 * It is as large as there are files with several links, and grows with nothing else.
 */
#include "walk/copied_map.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* uthash asks for memory by this hook instead of ending the process */
#define HASH_NONFATAL_OOM	  1
#define uthash_nonfatal_oom(elem) ((elem)->in_hash = false)
#include <uthash.h>

struct key {
	dev_t dev;
	ino_t ino;
};

struct copied_map_entry {
	struct key key;
	struct copied_dest place;
	bool in_hash;
	UT_hash_handle hh;
	char path[];
};

_Static_assert(sizeof(struct key) == sizeof(dev_t) + sizeof(ino_t), "padding would be hashed");

static struct copied_map_entry *find(const struct copied_map *l, const struct stat *st)
{
	const struct key key = { st->st_dev, st->st_ino };
	struct copied_map_entry *found;

	HASH_FIND(hh, l->head, &key, sizeof(key), found);
	return found;
}

bool copied_map_find(const struct copied_map *l, const struct stat *st,
		     struct copied_dest *ret_place)
{
	const struct copied_map_entry *entry = find(l, st);

	if (entry)
		*ret_place = entry->place;
	return entry != NULL;
}

int copied_map_add(struct copied_map *l, const struct stat *st, const struct copied_dest *place)
{
	size_t len = strlen(place->path);
	struct copied_map_entry *entry = calloc(1, sizeof(*entry) + len + 1);

	if (!entry)
		return -ENOMEM;
	entry->key = (struct key){ st->st_dev, st->st_ino };
	entry->place = *place;
	entry->place.path = memcpy(entry->path, place->path, len + 1);
	entry->in_hash = true;
	copied_map_forget(l, st); /* only now: @place may be what it told */
	HASH_ADD(hh, l->head, key, sizeof(entry->key), entry);
	if (entry->in_hash)
		return 0;
	free(entry);
	return -ENOMEM;
}

void copied_map_set_identity(struct copied_map *l, const struct stat *st, const struct stat *dst)
{
	struct copied_map_entry *entry = find(l, st);

	if (!entry)
		return;
	entry->place.dev = dst->st_dev;
	entry->place.ino = dst->st_ino;
}

void copied_map_forget(struct copied_map *l, const struct stat *st)
{
	struct copied_map_entry *entry = find(l, st);

	if (!entry)
		return;
	HASH_DEL(l->head, entry);
	free(entry);
}

void copied_map_done(struct copied_map *l)
{
	struct copied_map_entry *entry;
	struct copied_map_entry *next;

	HASH_ITER (hh, l->head, entry, next) {
		HASH_DEL(l->head, entry);
		free(entry);
	}
}
