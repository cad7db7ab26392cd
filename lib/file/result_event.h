/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What is told of a file when it is known how its destination ends.
 */
#ifndef OVL_JOB_NEWS_H
#define OVL_JOB_NEWS_H

#include "copy/context.h"
#include "model/event.h"
#include "transfer/transfer.h"

/**
 * Make the event while the files are still open: with what nobody needs for the copy, where that
 * is asked for or sharing failed. The strings belong to the session, @src and @dst.
 */
struct ovlcp_event make_result_event(struct copy *c, struct source *src, const struct target *dst,
				     const struct transfer_result *res);

#endif
