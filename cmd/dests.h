/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The destinations of a --fan-out or a --dedupe: operands, and lists in files.
 */
#ifndef OVL_CMD_DESTS_H
#define OVL_CMD_DESTS_H

#include <stddef.h>

/** A growing list of names. */
struct dests {
	/** The names; those from owned_from on are owned, the others borrowed. */
	char **names;
	/** Number of names. */
	size_t count;
	/** Names that there is room for. */
	size_t room;
	/** Index of the first name that was read from a file. */
	size_t owned_from;
};

/**
 * Append the @n operands at @names, before any file. @names: borrowed until dests_done.
 * Returns 0, or the exit status after a message.
 */
int dests_add_operands(struct dests *d, const char *const *names, size_t n);

/**
 * Append the names in @file ("-": standard input), each ended by @end (newline or NUL).
 * Empty lines are skipped; an empty name in a list with NULs is an error.
 * Returns 0, or the exit status after a message.
 */
int dests_add_file(struct dests *d, const char *file, char end);

/** Free the list and the names that it owns. */
void dests_done(struct dests *d);

#endif
