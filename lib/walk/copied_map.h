/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What has become of sources that may be met again: hard links, and directories by which a
 * copy could run into itself.
 */
#ifndef OVL_WALK_LINKS_H
#define OVL_WALK_LINKS_H

#include "base/inode_table.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

/** The memory; all-zero knows nothing. */
struct copied_map {
	/** First entry; the values are a struct copied_dest and its path. */
	struct inode_table_entry *head;
};

/** Where a source went. Strings belong to the memory. */
struct copied_dest {
	/** Path of the destination. */
	const char *path;
	/** Its first bytes that the caller named: what lies below must be reached without links. */
	size_t named_len;
	/** Identity of the destination; dev and ino are 0 as long as it was not made. */
	dev_t dev;
	ino_t ino;
	/** Whether path is a link, through which the destination was written. */
	bool via_symlink;
	/** Whether this is no source, but a directory that the copy itself made. */
	bool made;
};

/** Where the source of @st went. Returns whether it is known, and if so fills @ret_place. */
bool copied_map_find(const struct copied_map *l, const struct stat *st,
		     struct copied_dest *ret_place);

/** Remember that the source of @st goes to @place, whose path is copied. 0, or -ENOMEM. */
int copied_map_add(struct copied_map *l, const struct stat *st, const struct copied_dest *place);

/** Fill in the identity of the destination of the source @st, which is known. */
void copied_map_set_identity(struct copied_map *l, const struct stat *st, const struct stat *dst);

/** Forget the source of @st, if it is known. */
void copied_map_forget(struct copied_map *l, const struct stat *st);

/** Forget all. */
void copied_map_done(struct copied_map *l);

#endif
