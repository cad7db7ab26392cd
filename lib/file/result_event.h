/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The event about the end of one destination.
 */
#ifndef OVL_FILE_RESULT_EVENT_H
#define OVL_FILE_RESULT_EVENT_H

#include "copy/context.h"
#include "transfer/transfer.h"

/**
 * Make the event while the files are still open: with what only explanations need, where that
 * is asked for or sharing failed. The strings belong to the session, @src and @dst.
 */
struct ovlcp_event result_event_make(struct copy *c, struct source *src, const struct target *dst,
				     const struct transfer *t);

#endif
