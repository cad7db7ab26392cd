/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Messages that stand for many files: the first one is printed, the others are counted.
 */
#ifndef OVL_CMD_REPEATS_H
#define OVL_CMD_REPEATS_H

#include "ovlcp.h"

#include <stdbool.h>
#include <stddef.h>

/** A message and how often it was not printed; repeats.c defines it. */
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

/**
 * Count the message @text about @e. Messages are alike if their events are of one type, operation,
 * errno and reason, and about one pair of filesystems.
 *
 * @text: makes the message, to be freed; NULL when memory is short.
 * Returns whether it is the first of its kind and is to be printed; if memory is short, each is.
 */
bool repeats_add(struct repeats *r, const struct ovlcp_event *e,
		 char *(*text)(const struct ovlcp_event *e));

/**
 * Return whether @e is the failure to read a directory that the last one was, for another
 * destination.
 */
bool repeats_unreadable(struct repeats *r, const struct ovlcp_event *e);

/** Print how many further files each message stands for, and free all. */
void repeats_finish(struct repeats *r);

#endif
