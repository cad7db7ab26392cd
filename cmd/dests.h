/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Lists of destinations from files.
 */
#ifndef OVL_CMD_DESTS_H
#define OVL_CMD_DESTS_H

#include <stddef.h>

/** A growing list of names. */
struct dests {
	/** The names; those from a file are owned, see owned_from. */
	char **names;
	/** Number of names. */
	size_t count;
	/** Room in names. */
	size_t room;
	/** Index of the first name that was read from a file and is owned. */
	size_t owned_from;
};

/** Append operands, which must come before the names of a file. 0, or the exit status. */
int dests_add_operands(struct dests *d, const char *const *names, size_t n);

/**
 * Append the names in @file ("-": standard input), each ended by @end (newline or NUL).
 * Empty lines are passed over; an empty name in a list with NULs is refused.
 * Returns 0, or the exit status after a message.
 */
int dests_add_file(struct dests *d, const char *file, char end);

/** Free the list. */
void dests_done(struct dests *d);

#endif
