/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Messages that stand for many files: the first one is printed, the others are counted.
 */
#ifndef OVL_CMD_REPEATS_H
#define OVL_CMD_REPEATS_H

#include "ovlcp.h"

#include <stdbool.h>
#include <stddef.h>

/** A message and how many files it stands for; repeats.c defines it. */
struct repeat;

/** The messages so far; all-zero at the start. */
struct repeats {
	/** Owned. */
	struct repeat *list;
	/** Number of them. */
	size_t count;
	/** Number that there is room for in list. */
	size_t room;
	/** Path of the last directory that could not be read; owned, NULL if there was none. */
	char *unreadable;
};

/** Prints what the first event of a kind stands for. @text: about it, NULL if memory was short.
    @files: number of these events, more than 1.   @bytes: what they have written. */
typedef void repeats_print_fn(const char *text, uint64_t files, uint64_t bytes);

/**
 * Count @e. Events are of one kind if they are of one type, operation, errno and reason, and about
 * one pair of filesystems.
 *
 * @text: makes a text about the first of a kind, to be freed; NULL when memory is short.
 * @ret_first: if not NULL, gets that text, which is borrowed until repeats_finish.
 * Returns whether @e is the first of its kind and is to be printed; if memory is short, each is.
 */
bool repeats_add(struct repeats *r, const struct ovlcp_event *e,
		 char *(*text)(const struct ovlcp_event *e), const char **ret_first);

/**
 * Return whether @e is the failure to read a directory that the last one was, for another
 * destination.
 */
bool repeats_unreadable(struct repeats *r, const struct ovlcp_event *e);

/** A repeats_print_fn: print for how many further files the message @text stands. */
void repeats_print(const char *text, uint64_t files, uint64_t bytes);

/** Call @print, if it is not NULL, for each kind that has several events, and free all. */
void repeats_finish(struct repeats *r, repeats_print_fn *print);

#endif
