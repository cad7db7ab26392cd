/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A hash table whose keys are files: device and inode number, and a name where names matter.
 *
 * base/inodeset.h is a set made of it, walk/copied_map.h a map.
 */
#ifndef OVL_BASE_INODE_TABLE_H
#define OVL_BASE_INODE_TABLE_H

#include <stddef.h>
#include <sys/stat.h>

/** An entry. A table is a pointer to its first entry; NULL is the empty table. */
struct inode_table_entry;

/**
 * Find the entry of the file with the st_dev and st_ino of @st and the name @name ("" where names
 * do not matter). Allocates nothing.
 *
 * Returns its value, which belongs to the table and is aligned for any type; NULL if there is no
 * such entry.
 */
void *inode_table_get(const struct inode_table_entry *table, const struct stat *st,
		      const char *name);

/**
 * Add an entry with a value of @size bytes, which are zero. An entry with the same key is replaced.
 *
 * @name: is copied.
 * Returns the value for the caller to fill, or NULL if memory is short; the old entry may be gone
 * then.
 */
void *inode_table_put(struct inode_table_entry **table, const struct stat *st, const char *name,
		      size_t size);

/** Remove an entry, if there is one with that key. */
void inode_table_remove(struct inode_table_entry **table, const struct stat *st, const char *name);

/** Remove all entries and free their memory. */
void inode_table_done(struct inode_table_entry **table);

#endif
