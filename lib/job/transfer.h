/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The data of one source on its way into one destination.
 */
#ifndef OVL_JOB_TRANSFER_H
#define OVL_JOB_TRANSFER_H

#include "job/donors.h"
#include "job/source.h"
#include "job/target.h"

/** What a transfer takes. Everything is borrowed. */
struct transfer_request {
	/** The source; a copy-up changes its descriptor. */
	struct source *src;
	/** The destination, open and empty. */
	const struct target *dst;
	/** How to copy. */
	const struct ovlcp_options *opt;
	/** Earlier destinations to clone from. */
	const struct donors *donors;
	/** How many destinations there are in this call. */
	size_t destinations;
	/** Whether others come after this one. */
	bool more_follow;
};

/** What came of it. */
struct transfer_result {
	/** How the data was provided. */
	enum ovlcp_method method;
	/** Id of the row that chose the method, or that gave up. */
	const char *row;
	/** Why that row was chosen, in words. */
	const char *reason;
	/** Why the data is not shared with the source. */
	enum ovlcp_why why;
	/** Bytes written. */
	uint64_t written;
	/** Bytes shared. */
	uint64_t shared;
	/** The first method that was refused, and why; none if the first one worked. */
	struct err refusal;
	/** Whether the filesystem of the destination can clone. */
	enum answer can_clone;
	/** Whether the destination is worth keeping as a donor. */
	bool donor;
	/** The failure, if there was one. */
	struct err err;
};

/** Provide the data. Returns 0 or -errno; @ret_res is filled in both cases. Tells nothing. */
int transfer(struct ovlcp *o, const struct transfer_request *q, struct transfer_result *ret_res);

#endif
