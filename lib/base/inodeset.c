/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A set of files, which is a hash table without values.
 *
 * An entry holds no descriptor, so the filesystem may use an inode number again once its file is
 * gone: the caller that removes a file removes it from the set too.
 */
#include "base/inodeset.h"

#include "base/inode_table.h"

#include <errno.h>

bool inode_same(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

int inodeset_add(struct inodeset *set, const struct stat *st, const char *name)
{
	if (inodeset_has(set, st, name))
		return 0;
	return inode_table_put(&set->head, st, name, 0) ? 0 : -ENOMEM;
}

void inodeset_remove(struct inodeset *set, const struct stat *st, const char *name)
{
	inode_table_remove(&set->head, st, name);
}

bool inodeset_has(const struct inodeset *set, const struct stat *st, const char *name)
{
	return inode_table_get(set->head, st, name) != NULL;
}

void inodeset_done(struct inodeset *set)
{
	inode_table_done(&set->head);
}
