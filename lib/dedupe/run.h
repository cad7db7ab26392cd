/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * One call of ovlcp_dedupe or ovlcp_dedupe_within: what it was given, and its first failure.
 */
#ifndef OVL_DEDUPE_RUN_H
#define OVL_DEDUPE_RUN_H

#include "base/inodeset.h"
#include "dedupe/opened.h"
#include "dedupe/pair.h"
#include "session/session.h"

/** The call. */
struct dedupe_run {
	/** The session; borrowed. */
	struct ovlcp *o;
	/** Where its events go; borrowed. */
	struct event_sink *events;
	/** OR of enum ovlcp_flag. */
	uint64_t flags;
	/** -errno of the first failure; 0 if there was none. */
	int first;
	/** st_dev of the filesystems that share nothing at all, each of which was told; owned. */
	dev_t *unable;
	/** Number of them. */
	size_t unable_count;
	/** Number that the list has room for. */
	size_t unable_room;
	/** Dry run: destinations with several hard links that would share, by their sources. */
	struct inodeset planned;
};

/** Emit a failure. @r: -errno, which becomes that of the call unless there was one before. */
void dedupe_run_fail(struct dedupe_run *d, const char *src, const char *dst, int r,
		     const struct err *err);

/** Whether it was told that the filesystem @dev shares nothing. */
bool dedupe_run_is_unable(const struct dedupe_run *d, dev_t dev);

/** Note that it was told that the filesystem @dev shares nothing. */
void dedupe_run_add_unable(struct dedupe_run *d, dev_t dev);

/** Emit what became of @p, whose result was @r. */
void dedupe_run_result(struct dedupe_run *d, const struct pair *p, int r);

/** Let @dst share the data of @src, and emit what became of it. */
void dedupe_run_pair(struct dedupe_run *d, const struct opened *src, const struct opened *dst);

/** Forget which filesystems share nothing: it is told again. */
void dedupe_run_forget_unable(struct dedupe_run *d);

/** Free what @d owns. */
void dedupe_run_done(struct dedupe_run *d);

#endif
