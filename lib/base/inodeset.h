/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Files known by device and inode number, or by these and a name, and a set of them.
 */
#ifndef OVL_BASE_INODESET_H
#define OVL_BASE_INODESET_H

#include "base/inode_table.h"

#include <stdbool.h>
#include <sys/stat.h>

/** The set; all-zero is the empty set. */
struct inodeset {
	/** First entry of a table without values. */
	struct inode_table_entry *head;
};

/** Whether @a and @b are of one file. */
bool inode_same(const struct stat *a, const struct stat *b);

/**
 * Put the file of @st in, as it is called @name ("" where names do not matter).
 * Returns 0, also when it was in already, or -ENOMEM.
 */
int inodeset_add(struct inodeset *set, const struct stat *st, const char *name);

/** Take the file of @st called @name out, if it is in. */
void inodeset_remove(struct inodeset *set, const struct stat *st, const char *name);

/** Whether the file of @st called @name is in. */
bool inodeset_has(const struct inodeset *set, const struct stat *st, const char *name);

/** Make the set empty and free its memory. */
void inodeset_done(struct inodeset *set);

#endif
