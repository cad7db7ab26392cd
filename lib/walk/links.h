/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What has become of sources that may be met again: hard links, and directories by which a
 * copy could run into itself.
 */
#ifndef OVL_WALK_LINKS_H
#define OVL_WALK_LINKS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

struct links_entry;

/** The memory; all-zero knows nothing. */
struct links {
	struct links_entry *head;
};

/** Where a source went. Strings belong to the memory. */
struct links_place {
	/** Path of the destination. */
	const char *path;
	/** Its first bytes that the caller named: what lies below must be reached without links. */
	size_t named_len;
	/** Identity of the destination; dev and ino are 0 as long as it was not made. */
	dev_t dev;
	ino_t ino;
	/** Whether path is a link, through which the destination was written. */
	bool through;
	/** Whether this is no source, but a directory that the copy itself made. */
	bool made;
};

/** Where the source of @st went. Returns whether it is known, and if so fills @ret_place. */
bool links_find(const struct links *l, const struct stat *st, struct links_place *ret_place);

/** Remember that the source of @st goes to @place, whose path is copied. 0, or -ENOMEM. */
int links_add(struct links *l, const struct stat *st, const struct links_place *place);

/** Fill in the identity of the destination of the source @st, which is known. */
void links_made(struct links *l, const struct stat *st, const struct stat *dst);

/** Forget the source of @st, if it is known. */
void links_forget(struct links *l, const struct stat *st);

/** Forget all. */
void links_done(struct links *l);

#endif
