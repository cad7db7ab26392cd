/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Which destination a source was copied to, for sources that the walk may meet again: files with
 * several links, of which the destination becomes a link too, and directories by which a tree could
 * be copied into itself.
 */
#ifndef OVL_WALK_COPIED_MAP_H
#define OVL_WALK_COPIED_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

struct inode_table_entry;

/** The map; all-zero is the empty map. */
struct copied_map {
	/** First entry; the values are a struct copied_dest and its path. */
	struct inode_table_entry *head;
};

/** A destination. */
struct copied_dest {
	/** Its path; belongs to the map. */
	const char *path;
	/** Bytes of path that the caller gave; below them no symbolic link may be followed. */
	size_t named_len;
	/** Its st_dev; 0 as long as it does not exist. */
	dev_t dev;
	/** Its st_ino; likewise. */
	ino_t ino;
	/** Whether path is a symbolic link, through which the destination was written. */
	bool via_symlink;
	/** Whether the key is no source, but this very directory, which the call created. */
	bool made;
};

/** Find the destination of the source with the identity of @st. Returns whether there is one. */
bool copied_map_find(const struct copied_map *map, const struct stat *st,
		     struct copied_dest *ret_dest);

/** Map the source with the identity of @st to @dest, whose path is copied. 0, or -ENOMEM. */
int copied_map_add(struct copied_map *map, const struct stat *st, const struct copied_dest *dest);

/** Remove all sources and free the memory; the map is empty then. */
void copied_map_done(struct copied_map *map);

#endif
