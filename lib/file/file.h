/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What is no directory, and its destinations that are under way at a time.
 *
 * They stand in a line and are completed in its order. Nobody waits in it but for one reading of
 * the source that serves several.
 */
#ifndef OVL_JOB_FILE_H
#define OVL_JOB_FILE_H

#include "copy/context.h"
#include "session/event_queue.h"
#include "transfer/donors.h"
#include "transfer/transfer.h"

/** A destination that is there, on its way to be complete. */
struct delivery {
	struct dest *dest;
	struct target target;
	struct transfer_request request;
	struct transfer transfer;
	/** What its transfer waits for, if it does. */
	enum transfer_state state;
	/** Whether others come after it. */
	bool more_follow;
	/** Events about it, as long as others are to be told of first. */
	struct event_queue told;
	/** What came of it so far: 0 or -errno, which was told. */
	int result;
	/** Whether there is something to be completed. */
	bool is_open;
};

/** A file while it is copied. */
struct file {
	struct copy *c;
	struct source *src;
	/** Name in the directory of the tree, NULL at the top. */
	const char *name;
	struct donors donors;
	/** Destinations under way, and how many there may be. */
	struct delivery *line;
	size_t count;
	size_t room;
	/** Those of them that wait for their data. */
	struct inodeset waiting;
	/** First failure of those that left the line, -errno. */
	int first;
};

/** Fill an open destination as far as that takes no others to be completed first; d->state tells
    what it waits for. */
void delivery_begin(struct file *f, struct delivery *d);

/** Bring a destination to its end, and tell of it. 0, or -errno. */
int delivery_end(struct file *f, struct delivery *d);

/** Remember where the source went, under the name that it got there. 0, or -ENOMEM. */
int remember_link_target(struct file *f, struct dest *p, const struct target *t);

#endif
