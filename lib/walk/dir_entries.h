/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The entries of one directory.
 *
 * They are read as the walk proceeds, some hundreds at a time, so that a directory of a million
 * entries takes no more memory than one of a thousand.
 */
#ifndef OVL_WALK_DIR_ENTRIES_H
#define OVL_WALK_DIR_ENTRIES_H

#include <stdbool.h>
#include <stddef.h>

struct dir_entries_item;

/** A position in a directory and the entries read ahead; all-zero at the start. */
struct dir_entries {
	/** Memory that holds the names. */
	char *buffer;
	/** Entries read ahead, in the order in which they are returned. */
	struct dir_entries_item *items;
	/** Number of items. */
	size_t count;
	/** Index of the next item to return. */
	size_t at;
	/** Whether the directory was read to its end, or will not be read further. */
	bool complete;
	/** -errno that is returned after the items, because of which it will not; or 0. */
	int error;
	/** Whether directories are returned last of those read together; set by the caller. */
	bool directories_last;
};

/** One entry. */
struct dir_entry {
	/** Its name; valid until the next call. */
	const char *name;
	/** DT_DIR and so on, at the time of reading; or DT_UNKNOWN. */
	unsigned char type;
};

/**
 * Return the next entry of the directory @fd, without "." and "..".
 *
 * @fd: the same in each call; not used any more after dir_entries_read_all.
 * Returns 1; 0 at the end; or -errno.
 */
int dir_entries_next(struct dir_entries *e, int fd, struct dir_entry *ret_entry);

/**
 * Read the rest of the directory @fd into memory, so that @fd can be closed, also on failure: then
 * dir_entries_next returns what was read, and after that the failure. 0, or -errno.
 */
int dir_entries_read_all(struct dir_entries *e, int fd);

/** Free the memory; @e is all-zero then. */
void dir_entries_done(struct dir_entries *e);

#endif
