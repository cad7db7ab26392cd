/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The set of files that a call has made, so that it does not overwrite its own work.
 *
 * An entry holds no descriptor, so an inode number may be used again by the filesystem once
 * its file is gone: whoever removes a file takes it out of the set.
 */
#include "base/inodeset.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* uthash asks for memory by this hook instead of ending the process */
#define HASH_NONFATAL_OOM	  1
#define uthash_nonfatal_oom(elem) ((elem)->in_hash = false)
#include <uthash.h>

struct inode_key {
	dev_t dev;
	ino_t ino;
};

struct inodeset_entry {
	struct inode_key key;
	bool in_hash;
	UT_hash_handle hh;
};

bool inode_same(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

static struct inodeset_entry *find(const struct inodeset *set, const struct stat *st)
{
	struct inodeset_entry *found;
	struct inode_key key;

	memset(&key, 0, sizeof(key)); /* padding takes part in the hash */
	key.dev = st->st_dev;
	key.ino = st->st_ino;
	HASH_FIND(hh, set->head, &key, sizeof(key), found);
	return found;
}

int inodeset_add(struct inodeset *set, const struct stat *st)
{
	struct inodeset_entry *entry;

	if (find(set, st))
		return 0;
	entry = calloc(1, sizeof(*entry));
	if (!entry)
		return -ENOMEM;
	entry->key.dev = st->st_dev;
	entry->key.ino = st->st_ino;
	entry->in_hash = true;
	HASH_ADD(hh, set->head, key, sizeof(entry->key), entry);
	if (entry->in_hash)
		return 0;
	free(entry);
	return -ENOMEM;
}

void inodeset_remove(struct inodeset *set, const struct stat *st)
{
	struct inodeset_entry *entry = find(set, st);

	if (!entry)
		return;
	HASH_DEL(set->head, entry);
	free(entry);
}

bool inodeset_has(const struct inodeset *set, const struct stat *st)
{
	return find(set, st) != NULL;
}

void inodeset_done(struct inodeset *set)
{
	struct inodeset_entry *entry;
	struct inodeset_entry *next;

	HASH_ITER (hh, set->head, entry, next) {
		HASH_DEL(set->head, entry);
		free(entry);
	}
}
