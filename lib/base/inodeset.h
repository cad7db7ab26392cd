/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A set of files, by device and inode number, or by these and a name; and the comparison of two
 * files by device and inode number.
 */
#ifndef OVL_BASE_INODESET_H
#define OVL_BASE_INODESET_H

#include <stdbool.h>
#include <sys/stat.h>

struct inode_table_entry;

/** The set; all-zero is the empty set. */
struct inodeset {
	/** First entry of a table without values. */
	struct inode_table_entry *head;
};

/** Whether @a and @b have the same st_dev and st_ino. On overlayfs that is no proof of identity. */
bool inode_same(const struct stat *a, const struct stat *b);

/**
 * Add the file with the identity of @st and the name @name ("" where names do not matter), which
 * is copied. 0, also if it is in the set already; or -ENOMEM.
 */
int inodeset_add(struct inodeset *set, const struct stat *st, const char *name);

/** Remove that file, if it is in the set. */
void inodeset_remove(struct inodeset *set, const struct stat *st, const char *name);

/** Whether that file is in the set. */
bool inodeset_has(const struct inodeset *set, const struct stat *st, const char *name);

/** Remove all files and free the memory; the set is empty then. */
void inodeset_done(struct inodeset *set);

#endif
