/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The hash table is uthash's; this is the only file that includes it.
 *
 * Hash and comparison take the members of the key one by one, so that a look-up needs no copy of
 * the name and cannot fail for want of memory.
 */
#include "base/inode_table.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Without these two, uthash ends the process when memory is short. */
#define HASH_NONFATAL_OOM	  1
#define uthash_nonfatal_oom(elem) ((elem)->in_hash = false)
/* Keys are struct inode_key. */
#define HASH_FUNCTION(key, len, hash) ((hash) = key_hash(key))
#define HASH_KEYCMP(a, b, len)	      keys_differ(a, b)
#include <uthash.h>

struct inode_number {
	dev_t dev;
	ino_t ino;
};

_Static_assert(sizeof(struct inode_number) == sizeof(dev_t) + sizeof(ino_t),
	       "padding would be hashed");

struct inode_key {
	struct inode_number number;
	const char *name;
};

struct inode_table_entry {
	/* The name is stored behind the value. */
	struct inode_key key;
	bool in_hash;
	UT_hash_handle hh;
	_Alignas(max_align_t) char value[];
};

static bool keys_differ(const void *a, const void *b)
{
	const struct inode_key *x = a;
	const struct inode_key *y = b;

	return x->number.dev != y->number.dev || x->number.ino != y->number.ino ||
	       strcmp(x->name, y->name) != 0;
}

static unsigned int key_hash(const void *p)
{
	const struct inode_key *key = p;
	unsigned int number;
	unsigned int name;

	HASH_JEN(&key->number, sizeof(key->number), number);
	HASH_JEN(key->name, strlen(key->name), name);
	return number * 31 + name;
}

static struct inode_key make_key(const struct stat *st, const char *name)
{
	return (struct inode_key){ .number = { st->st_dev, st->st_ino }, .name = name };
}

static struct inode_table_entry *find_entry(const struct inode_table_entry *table,
					    const struct inode_key *key)
{
	struct inode_table_entry *found;

	HASH_FIND(hh, table, key, sizeof(*key), found);
	return found;
}

static struct inode_table_entry *new_entry(const struct stat *st, const char *name, size_t size)
{
	size_t name_size = strlen(name) + 1;
	struct inode_table_entry *entry = calloc(1, sizeof(*entry) + size + name_size);

	if (entry)
		entry->key = make_key(st, memcpy(entry->value + size, name, name_size));
	return entry;
}

void *inode_table_get(const struct inode_table_entry *table, const struct stat *st,
		      const char *name)
{
	const struct inode_key key = make_key(st, name);
	struct inode_table_entry *entry = find_entry(table, &key);

	return entry ? entry->value : NULL;
}

void *inode_table_put(struct inode_table_entry **table, const struct stat *st, const char *name,
		      size_t size)
{
	struct inode_table_entry *entry = new_entry(st, name, size);

	if (!entry)
		return NULL;
	inode_table_remove(table, st, name);
	entry->in_hash = true;
	HASH_ADD(hh, *table, key, sizeof(entry->key), entry);
	if (entry->in_hash)
		return entry->value;
	free(entry);
	return NULL;
}

void inode_table_remove(struct inode_table_entry **table, const struct stat *st, const char *name)
{
	const struct inode_key key = make_key(st, name);
	struct inode_table_entry *entry = find_entry(*table, &key);

	if (!entry)
		return;
	HASH_DEL(*table, entry);
	free(entry);
}

void inode_table_done(struct inode_table_entry **table)
{
	struct inode_table_entry *entry;
	struct inode_table_entry *next;

	HASH_ITER (hh, *table, entry, next) {
		HASH_DEL(*table, entry);
		free(entry);
	}
}
