/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * ovlcp_options.share: the first destination of a file, of which later ones become hard links.
 */
#ifndef OVL_FILE_SHARE_PEER_H
#define OVL_FILE_SHARE_PEER_H

#include "copy/context.h"
#include "model/event.h"
#include "remember/keep.h"
#include "remember/recall.h"
#include "target/target.h"
#include "walk/copied_map.h"

/** The first destination; SHARE_PEER_NONE is none. */
struct share_peer {
	/** Where it is; its path is owned by the peer. */
	struct copied_dest dest;
	/** Its path; owned. NULL: there is none. */
	char *path;
	/** Where it is the copy of an earlier call: that copy, open; owned. */
	struct recalled recalled;
	/** Whether the copy of an earlier call was looked for. */
	bool was_sought;
	/** Whether that copy is recorded anew when it has one more link. */
	struct kept_copy kept;
	/** st_dev of its directory. */
	dev_t dir_dev;
	/** Whether its bytes were written, or those of the copy of an earlier call would be again,
	   as those of the next one would be. */
	bool was_written;
};

/** No destination. */
#define SHARE_PEER_NONE ((struct share_peer){ .recalled = RECALLED_NONE })

/**
 * Look for a copy of @src that an earlier call has made with equal attributes, for the destination
 * that @q asks for, to be the first one. Once; without it there is none.
 */
void share_peer_recall(const struct copy *c, struct share_peer *p, struct source *src,
		       const struct target_request *q);

/** Note that @t is a hard link now, if it is one: to the first destination, or to an earlier copy
    of a tree. */
void share_peer_linked(const struct copy *c, struct share_peer *p, const struct target *t);

/** Keep the complete destination @t as the first one, if there is none yet and it is a new file.
    @out: how it got its data. */
void share_peer_keep(const struct copy *c, struct share_peer *p, const struct target *t,
		     const struct outcome *out);

/** Note that the destination @t is removed again: nothing becomes a hard link of it. */
void share_peer_lost(struct share_peer *p, const struct target *t);

/**
 * The destination that the next one, for which @q asks, becomes a hard link of. NULL: it becomes a
 * copy. @has_donor: whether it could be cloned from an earlier destination.
 */
const struct copied_dest *share_peer_find(const struct copy *c, const struct share_peer *p,
					  const struct target_request *q, bool has_donor);

/** Whether a hard link that failed with @error (positive) becomes a copy: it cannot be had there,
   or the copy of an earlier call, which is no part of this one, may be gone meanwhile. */
bool share_peer_is_refusal(const struct share_peer *p, int error);

/** Note that the hard link became a copy: that of an earlier call is not tried again. */
void share_peer_refused(struct share_peer *p);

/** Free what the peer owns. */
void share_peer_done(struct share_peer *p);

#endif
