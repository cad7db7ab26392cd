/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Which destination a file was copied to, for files that may be met again: sources with several
 * links, of which the destination becomes a link too, directories by which a tree could be copied
 * into itself, and the complete destinations of a fan-out.
 *
 * Where numbers are no proof of identity (probe/identity.h), what is found is a candidate.
 */
#ifndef OVL_WALK_COPIED_MAP_H
#define OVL_WALK_COPIED_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

struct inode_table_entry;

/** The map; all-zero is the empty map. */
struct copied_map {
	/** First entry; the values are a struct copied_dest and its paths. */
	struct inode_table_entry *head;
};

/** A destination. */
struct copied_dest {
	/** Its path; belongs to the map. */
	const char *path;
	/** Path of the source, if that is a directory that the caller gave; belongs to the map.
	   NULL otherwise. */
	const char *src_path;
	/** Bytes of path that the caller gave; below them no symbolic link may be followed. */
	size_t named_len;
	/** Its st_dev; 0 as long as it does not exist. */
	dev_t dev;
	/** Its st_ino; likewise. */
	ino_t ino;
	/** Its st_uid, when it was complete. */
	uid_t uid;
	/** Its st_mode, likewise. */
	mode_t mode;
	/** Its st_size in bytes, likewise. */
	off_t size;
	/** Its st_mtim, likewise. */
	struct timespec mtime;
	/** Whether path is a symbolic link, through which the destination was written. */
	bool via_symlink;
	/** Whether the key is no source, but this very directory, which the call created. */
	bool made;
};

/** How far the numbers of a file tell it from others. */
enum copied_key {
	/** st_dev and st_ino are its identity. */
	COPIED_BY_NUMBER,
	/** They are a hint: mode, size and mtime of what is no directory must be equal, too, and
	    even then there may be several such files. */
	COPIED_BY_LOOK,
};

/** Fill what @dest is by @st, its stat when it was complete. */
void copied_dest_set_stat(struct copied_dest *dest, const struct stat *st);

/** Find the destination of the file with the identity of @st. Returns whether there is one. */
bool copied_map_find(const struct copied_map *map, const struct stat *st, enum copied_key key,
		     struct copied_dest *ret_dest);

/** The same for the @nth of the files that look equal, from 0 on; false if there are not so many.
 */
bool copied_map_find_nth(const struct copied_map *map, const struct stat *st, enum copied_key key,
			 unsigned int nth, struct copied_dest *ret_dest);

/** Map the file with the identity of @st to @dest, whose paths are copied. Replaces an
    entry of that file, but not one of a file that only looks equal. 0, or -ENOMEM. */
int copied_map_add(struct copied_map *map, const struct stat *st, enum copied_key key,
		   const struct copied_dest *dest);

/** Remove all sources and free the memory; the map is empty then. */
void copied_map_done(struct copied_map *map);

#endif
