/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The names in one directory.
 *
 * They are read as the walk goes on, some hundreds at a time, so that a directory of a million
 * entries takes no more memory than one of ten.
 */
#ifndef OVL_WALK_ENTRIES_H
#define OVL_WALK_ENTRIES_H

#include <stdbool.h>
#include <stddef.h>

struct dir_entries_item;

/** The names that are still to come; all-zero at the start. */
struct dir_entries {
	/** Entries as the kernel wrote them. */
	char *buffer;
	/** Where they are in buffer, in the order in which they are given out. */
	struct dir_entries_item *items;
	/** Number of items. */
	size_t count;
	/** The next of them. */
	size_t at;
	/** Whether there are no more in the directory. */
	bool complete;
	/** Whether of those that are read together directories come last. */
	bool directories_last;
};

/** One entry. */
struct dir_entry {
	/** Its name; valid until the next call. */
	const char *name;
	/** DT_DIR and so on, as it was when it was read; or DT_UNKNOWN. */
	unsigned char type;
};

/**
 * The next entry of the directory @fd, without "." and "..".
 * Returns 1; 0 at the end; -errno.
 */
int dir_entries_next(struct dir_entries *e, int fd, struct dir_entry *ret_entry);

/** Read all that is left of @fd into memory, so that it can be closed. 0, or -errno. */
int dir_entries_read_all(struct dir_entries *e, int fd);

/** Free the memory. */
void dir_entries_done(struct dir_entries *e);

#endif
