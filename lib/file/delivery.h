/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * One destination of a file, from where it is open to where it is complete.
 */
#ifndef OVL_FILE_DELIVERY_H
#define OVL_FILE_DELIVERY_H

#include "copy/context.h"
#include "copy/dest.h"
#include "session/event_queue.h"
#include "transfer/donors.h"
#include "transfer/transfer.h"

/** What the destinations of one file share. */
struct fan_out {
	struct copy *c;
	struct source *src;
	/** Complete destinations that others can be cloned from. */
	struct donors donors;
	/** Whether a destination may wait for one reading of the source that serves several. */
	bool may_wait;
};

/** A destination on its way to be complete. Must not be moved. */
struct delivery {
	/** Its events: queued as long as earlier destinations are not complete. */
	struct event_queue events;
	struct dest *dest;
	struct target target;
	struct transfer_request request;
	struct transfer transfer;
	/** What its transfer waits for, if it does. */
	enum transfer_state state;
	/** Whether others come after it. */
	bool more_follow;
	/** What came of it so far: 0 or -errno, which was emitted. */
	int result;
	/** Whether there is something to be completed. */
	bool is_open;
};

/** Label and fill an open destination as far as that takes no others to be completed first;
    d->state tells what it waits for. */
void delivery_begin(struct fan_out *f, struct delivery *d);

/** Bring a destination to its end, after what it has queued. 0, or -errno. */
int delivery_end(struct fan_out *f, struct delivery *d);

/** Fill and complete the new destination @t, which is the only one of @src; takes it. 0, or
    -errno. */
int delivery_of_one(struct copy *c, struct source *src, struct target *t);

/** Remember where the source went, under the name that it got there. 0, or -ENOMEM. */
int delivery_remember(struct fan_out *f, struct dest *p, const struct target *t);

/** Close the donors. 0, or -errno of the first close that failed, which was emitted. */
int delivery_close_donors(struct fan_out *f);

#endif
