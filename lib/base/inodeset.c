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

struct inodeset_entry {
	bool in_hash;
	UT_hash_handle hh;
	/* Bytes of key. */
	size_t len;
	/* Device, inode number and name, without a gap. */
	char key[];
};

bool inode_same(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

static struct inodeset_entry *entry_new(const struct stat *st, const char *name)
{
	size_t len = sizeof(st->st_dev) + sizeof(st->st_ino) + strlen(name);
	struct inodeset_entry *entry = calloc(1, sizeof(*entry) + len);

	if (!entry)
		return NULL;
	memcpy(mempcpy(mempcpy(entry->key, &st->st_dev, sizeof(st->st_dev)), &st->st_ino,
		       sizeof(st->st_ino)),
	       name, strlen(name));
	entry->len = len;
	return entry;
}

/* The entry like @like, or NULL. */
static struct inodeset_entry *find(const struct inodeset *set, const struct inodeset_entry *like)
{
	struct inodeset_entry *found;

	HASH_FIND(hh, set->head, like->key, like->len, found);
	return found;
}

int inodeset_add(struct inodeset *set, const struct stat *st, const char *name)
{
	struct inodeset_entry *entry = entry_new(st, name);

	if (!entry)
		return -ENOMEM;
	if (find(set, entry)) {
		free(entry);
		return 0;
	}
	entry->in_hash = true;
	HASH_ADD_KEYPTR(hh, set->head, entry->key, entry->len, entry);
	if (entry->in_hash)
		return 0;
	free(entry);
	return -ENOMEM;
}

/* Without memory for the question the answer is no: then the next thing fails for that. */
static struct inodeset_entry *look_up(const struct inodeset *set, const struct stat *st,
				      const char *name)
{
	struct inodeset_entry *like = set->head ? entry_new(st, name) : NULL;
	struct inodeset_entry *found = like ? find(set, like) : NULL;

	free(like);
	return found;
}

void inodeset_remove(struct inodeset *set, const struct stat *st, const char *name)
{
	struct inodeset_entry *entry = look_up(set, st, name);

	if (!entry)
		return;
	HASH_DEL(set->head, entry);
	free(entry);
}

bool inodeset_has(const struct inodeset *set, const struct stat *st, const char *name)
{
	return look_up(set, st, name) != NULL;
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
