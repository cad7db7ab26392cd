/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The directories from the top of a tree down to the one that a walk is in, by descriptor.
 *
 * A tree of any depth takes a bounded number of descriptors: open are the lowest directories, the
 * window, and a bounded number of those from which a symbolic link was followed. The others are
 * opened again through "..", and must have the same device and inode number as before.
 */
#ifndef OVL_WALK_DIRSTACK_H
#define OVL_WALK_DIRSTACK_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

struct dirstack_level;

/** The stack; all-zero but for window is the empty one. */
struct dirstack {
	/** The directories from the top down. */
	struct dirstack_level *levels;
	/** Number of directories. */
	size_t depth;
	/** Number of levels allocated. */
	size_t room;
	/** Number of directories that may be open; at least 1, set by the caller. */
	size_t window;
	/** Number of directories held open beyond the window. */
	size_t held;
};

/**
 * Push the directory @fd, whose identity is in @st. On success @fd is taken, and -EBADF then.
 *
 * Returns 0; or, with nothing changed, -ENOMEM, or -ELOOP if too many symbolic links were followed.
 */
int dirstack_push(struct dirstack *s, int *fd, const struct stat *st);

/** Descriptor of the lowest directory; borrowed until the next push or pop. */
int dirstack_top(const struct dirstack *s);

/** Descriptor of the directory @i levels below the top; borrowed. -EBADF if it is closed. */
int dirstack_fd(const struct dirstack *s, size_t i);

/**
 * Pop the lowest directory and close it.
 *
 * Returns 0; -ESTALE if a directory was moved, so that ".." is not the one above any more; or
 * another -errno if that cannot be opened. After an error dirstack_top is negative, and to pop
 * further may fail, too.
 */
int dirstack_pop(struct dirstack *s);

/** Close all directories and free the memory; the stack is empty then, with its window. */
void dirstack_done(struct dirstack *s);

#endif
