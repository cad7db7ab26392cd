/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The delivery of a file to one destination, from the open destination to the complete one.
 */
#ifndef OVL_FILE_DELIVERY_H
#define OVL_FILE_DELIVERY_H

#include "copy/context.h"
#include "copy/dest.h"
#include "file/share_peer.h"
#include "session/event_queue.h"
#include "transfer/donors.h"
#include "transfer/transfer.h"

/** What all deliveries of one file share. */
struct fan_out {
	/** The context; borrowed. */
	struct copy *c;
	/** The source; borrowed. */
	struct source *src;
	/** Complete destinations to clone from; closed by delivery_close_donors. */
	struct donors donors;
	/** The destination that others become hard links of; freed by delivery_close_donors. */
	struct share_peer first;
	/** True if transfers may be suspended to share one reading of the source. */
	bool may_suspend;
};

/** The delivery to one destination. Must not be moved. */
struct delivery {
	/** Events of the destination; released when the earlier destinations are complete. */
	struct event_queue events;
	/** The destination of the copy; borrowed. */
	struct dest *dest;
	/** The open destination; owned if is_open. */
	struct target target;
	/** Arguments of transfer. */
	struct transfer_request request;
	/** The data. */
	struct transfer transfer;
	/** How far the transfer has come. */
	enum transfer_state state;
	/** True if another destination follows. */
	bool more_follow;
	/** True if the target is a hard link of the first destination (share_peer.h). */
	bool is_shared;
	/** Result so far: 0; or -errno, which was emitted. */
	int result;
	/** -EMLINK, which was emitted, if the target is a copy in place of a hard link; otherwise
	 * 0. */
	int link_error;
	/** True if the target is open, so that delivery_end has to complete or undo it. */
	bool is_open;
};

/**
 * Set the security context of the open destination and start its transfer. If f->may_suspend, the
 * transfer stops before a slow step, and d->state is the reason.
 */
void delivery_begin(struct fan_out *f, struct delivery *d);

/**
 * Release the queued events, finish the transfer, and complete or undo the destination.
 * Returns 0, or -errno.
 */
int delivery_end(struct fan_out *f, struct delivery *d);

/**
 * Begin and end the delivery of @src to @t, its only destination. Takes ownership of @t.
 * Returns 0; or -errno, which was emitted.
 */
int delivery_of_one(struct copy *c, struct source *src, struct target *t);

/** Remember the target as the destination of the source, for later hard links to it. 0; or -errno,
    which was emitted. */
int delivery_remember(struct fan_out *f, const struct delivery *d);

/** Close the donors. Returns 0; or -errno of a failed close, which was emitted. */
int delivery_close_donors(struct fan_out *f);

#endif
