/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Makes the event about the result of one destination.
 */
#ifndef OVL_FILE_RESULT_EVENT_H
#define OVL_FILE_RESULT_EVENT_H

#include "copy/context.h"
#include "transfer/transfer.h"

/**
 * Make the event COPIED, PLANNED or FAILED for the transfer @t. Call while the files are open. What
 * only explanations need is filled with OVLCP_EXPLAIN, or if a required clone has failed. The event
 * takes over src->copied_up_unreported, which is 0 afterwards.
 * The strings are borrowed from the session, @src and @dst.
 */
struct ovlcp_event result_event_make(struct copy *c, struct source *src, const struct target *dst,
				     const struct transfer *t);

#endif
