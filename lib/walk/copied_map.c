/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A map from files, by device and inode number, to destinations.
 *
 * Its size is the number of sources with several links, of directories given by the caller and of
 * the topmost directories created; that of a fan-out has its directories, and the files in those
 * that existed. Neither grows with other files.
 */
#include "walk/copied_map.h"

#include "base/fd.h"
#include "base/inode_table.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* Bytes of the name that stands for mode, size, mtime and the number among those that are equal. */
#define LOOK_SIZE 96

/* Fill @ret_look with what must be equal besides the numbers, for the file @nth of those in which
   it is. */
static void describe(const struct stat *st, enum copied_key key, unsigned int nth,
		     char ret_look[LOOK_SIZE])
{
	if (S_ISDIR(st->st_mode))
		(void)snprintf(ret_look, LOOK_SIZE, "/"); /* it changes while it is filled */
	else if (key == COPIED_BY_NUMBER)
		*ret_look = '\0';
	else
		(void)snprintf(ret_look, LOOK_SIZE, "%o:%jd:%jd.%09ld:%u",
			       (unsigned int)st->st_mode, (intmax_t)st->st_size,
			       (intmax_t)st->st_mtim.tv_sec, st->st_mtim.tv_nsec, nth);
}

/* Whether several files may look equal, each of which has an entry. */
static bool is_ambiguous(const struct stat *st, enum copied_key key)
{
	return key == COPIED_BY_LOOK && !S_ISDIR(st->st_mode);
}

void copied_dest_set_stat(struct copied_dest *dest, const struct stat *st)
{
	dest->dev = st->st_dev;
	dest->ino = st->st_ino;
	dest->uid = st->st_uid;
	dest->mode = st->st_mode;
	dest->size = st->st_size;
	dest->mtime = st->st_mtim;
}

bool copied_map_find(const struct copied_map *map, const struct stat *st, enum copied_key key,
		     struct copied_dest *ret_dest)
{
	return copied_map_find_nth(map, st, key, 0, ret_dest);
}

bool copied_map_find_nth(const struct copied_map *map, const struct stat *st, enum copied_key key,
			 unsigned int nth, struct copied_dest *ret_dest)
{
	char look[LOOK_SIZE];
	const struct copied_dest *dest;

	if (nth > 0 && !is_ambiguous(st, key))
		return false;
	describe(st, key, nth, look);
	dest = inode_table_get(map->head, st, look);
	if (dest)
		*ret_dest = *dest;
	return dest != NULL;
}

int copied_map_add(struct copied_map *map, const struct stat *st, enum copied_key key,
		   const struct copied_dest *dest)
{
	/* @dest may be a copy of the entry that is replaced, whose paths are freed then */
	const struct copied_dest fields = *dest;
	CLEANUP_FREE char *path = strdup(dest->path);
	CLEANUP_FREE char *src_path = strdup(dest->src_path ? dest->src_path : "");
	size_t size = path ? strlen(path) + 1 : 0;
	size_t src_size = src_path ? strlen(src_path) + 1 : 0;
	struct copied_dest *value = NULL;
	char look[LOOK_SIZE];
	unsigned int nth = 0;

	do
		describe(st, key, nth++, look);
	while (is_ambiguous(st, key) && inode_table_get(map->head, st, look));
	if (path && src_path)
		value = inode_table_put(&map->head, st, look, sizeof(*value) + size + src_size);
	if (!value)
		return -ENOMEM;
	*value = fields;
	value->path = memcpy(value + 1, path, size);
	value->src_path =
		fields.src_path ? memcpy((char *)(value + 1) + size, src_path, src_size) : NULL;
	return 0;
}

void copied_map_done(struct copied_map *map)
{
	inode_table_done(&map->head);
}
