/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A map from sources, by device and inode number, to destinations.
 *
 * Its size is the number of sources with several links, of directories given by the caller and of
 * the topmost directories created; it does not grow with other files.
 */
#include "walk/copied_map.h"

#include "base/fd.h"
#include "base/inode_table.h"

#include <errno.h>
#include <string.h>

static struct copied_dest *find_dest(const struct copied_map *map, const struct stat *st)
{
	return inode_table_get(map->head, st, "");
}

bool copied_map_find(const struct copied_map *map, const struct stat *st,
		     struct copied_dest *ret_dest)
{
	const struct copied_dest *dest = find_dest(map, st);

	if (dest)
		*ret_dest = *dest;
	return dest != NULL;
}

int copied_map_add(struct copied_map *map, const struct stat *st, const struct copied_dest *dest)
{
	/* @dest may be a copy of the entry that is replaced, whose path is freed then */
	const struct copied_dest fields = *dest;
	CLEANUP_FREE char *path = strdup(dest->path);
	size_t size = path ? strlen(path) + 1 : 0;
	struct copied_dest *value = NULL;

	if (path)
		value = inode_table_put(&map->head, st, "", sizeof(*value) + size);
	if (!value)
		return -ENOMEM;
	*value = fields;
	value->path = memcpy(value + 1, path, size);
	return 0;
}

void copied_map_done(struct copied_map *map)
{
	inode_table_done(&map->head);
}
