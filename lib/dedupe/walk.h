/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A walk through a tree by descriptors, which follows no symbolic link. It looks at every entry;
 * the caller says which directories are entered.
 */
#ifndef OVL_DEDUPE_WALK_H
#define OVL_DEDUPE_WALK_H

#include "base/pathbuf.h"
#include "walk/dirstack.h"

#include <stdint.h>

struct walk_level;

/** The walk; all-zero before walk_begin. */
struct walk {
	/** The directories from the top down. */
	struct dirstack dirs;
	/** Entries that are left of each; owned. */
	struct walk_level *levels;
	/** Number of levels that there is room for. */
	size_t room;
	/** Path of the last entry, or of the directory that a failure is about. */
	struct pathbuf path;
	/** Bytes of the path up to the part that is below the top. */
	size_t top_len;
	/** Whether other mounts are left out; set by the caller. */
	bool one_mount;
	/** st_dev of the top. */
	dev_t dev;
	/** Id of the mount that the top was opened through; 0 if it is unknown. */
	uint64_t mount;
	/** Whether the walk cannot go on. */
	bool is_lost;
};

/** An entry of a directory; borrowed until the next call. */
struct walk_entry {
	/** The directory. */
	int dir_fd;
	/** Its name there. */
	const char *name;
	/** Its path with that of the top. */
	const char *path;
	/** Its path below the top. */
	const char *below;
	/** Its stat, of the link itself if it is one. */
	struct stat st;
};

/**
 * Begin at the directory @name in @at_fd; a symbolic link is followed there.
 *
 * @path: its path for people. Returns 0, or -errno. @w must be ended with walk_done in any case.
 */
int walk_begin(struct walk *w, int at_fd, const char *name, const char *path);

/**
 * Return the next entry, in the order of inode numbers in each directory.
 *
 * Returns 1; 0 at the end; or -errno about the entry or directory of w->path, after which the walk
 * goes on.
 */
int walk_next(struct walk *w, struct walk_entry *ret_entry);

/** Let the walk enter the directory @e, which was just returned, unless it is on another mount that
    is left out. 0, or -errno. */
int walk_enter(struct walk *w, const struct walk_entry *e);

/** Descriptor of the top, while it is open: before the first walk_enter. Borrowed. */
int walk_top(const struct walk *w);

/** Close and free what @w owns. */
void walk_done(struct walk *w);

#endif
