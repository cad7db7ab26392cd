/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The directories that a walk is in, from the top down, by descriptor.
 *
 * Only the lowest few are open, and a bounded number of those in which a link was followed, so
 * that a tree of any depth takes a bounded number of descriptors. The others are opened again
 * through "..", and must be what they were.
 */
#ifndef OVL_WALK_DIRSTACK_H
#define OVL_WALK_DIRSTACK_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

struct dirstack_level;

/** The stack; all-zero is the empty one, to be given a window first. */
struct dirstack {
	struct dirstack_level *levels;
	/** Number of directories. */
	size_t depth;
	size_t room;
	/** How many of them may be open; at least 1. */
	size_t window;
	/** Number of those that are open beyond the window. */
	size_t held;
};

/**
 * Enter the directory @fd, whose identity is in @st. Takes @fd, also on failure.
 * 0; or -ENOMEM, or -ELOOP if too many links were followed on the way, and nothing changed.
 */
int dirstack_push(struct dirstack *s, int fd, const struct stat *st);

/** Descriptor of the lowest directory: borrowed, until the next push or pop. */
int dirstack_top(const struct dirstack *s);

/** Descriptor of the directory @i from the top: borrowed; -EBADF if it is closed. */
int dirstack_fd(const struct dirstack *s, size_t i);

/**
 * Leave the lowest directory for the one above it.
 * Returns 0; or -errno if that one cannot be opened any more, -ESTALE if the tree was moved
 * and another one is there. Then the stack is of no further use, but to be freed.
 */
int dirstack_pop(struct dirstack *s);

/** Whether the directory of @st is one of the stack. */
bool dirstack_has(const struct dirstack *s, const struct stat *st);

/** Close all and free the memory. */
void dirstack_done(struct dirstack *s);

#endif
