/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The data of one source on its way into one destination.
 *
 * A transfer can be made to wait before a step that takes its time, so that several of them may
 * read the source together.
 */
#ifndef OVL_TRANSFER_TRANSFER_H
#define OVL_TRANSFER_TRANSFER_H

#include "exec/data.h"
#include "model/facts.h"
#include "model/plan.h"
#include "probe/fs_pair_cache.h"
#include "source/source.h"
#include "target/target.h"
#include "transfer/donors.h"

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

/** A transfer while it goes on. */
struct transfer {
	struct ovlcp *o;
	const struct transfer_request *q;
	struct facts facts;
	struct plan_past past;
	/** What is known of the two filesystems. */
	struct fs_pair pair;
	/** The donor to be tried next. */
	size_t donor_next;
	struct exec_copy copy;
	/** Bytes that copy_file_range shares, where that was asked for. */
	uint64_t range_shared;
	/** The last failure, and the step that failed. */
	struct err last;
	enum plan_method last_failed;
	/** Whether it waits, and others may have learned more of the two. */
	bool is_waiting;
	/** The last step taken that was none of the ends. */
	struct plan_step step;
	/** How the data was provided, and why so; complete at the end. */
	struct outcome outcome;
	/** The failure it ended with, if it did. */
	struct err err;
	/** Whether the destination is worth keeping as a donor. */
	bool is_donor;
};

/** How far a transfer has come; a failure is -errno instead. */
enum transfer_state {
	/** To its end. */
	TRANSFER_ENDED = 0,
	/** It waits, and is to read and write next, which it may do together with others. */
	TRANSFER_READS,
	/** It waits, and what comes next it has to do alone. */
	TRANSFER_ALONE,
};

/** Begin a transfer. @q: borrowed until its end. */
void transfer_begin(struct transfer *t, struct ovlcp *o, const struct transfer_request *q);

/**
 * Go on to the end; or, if it @waits, up to a step that takes its time or changes the source. A dry
 * run has none of these. Returns an enum transfer_state, or -errno at an end that
 * is a failure; t->outcome and t->err are filled at an end.
 */
int transfer_run(struct transfer *t, bool waits);

/** Take @r, 0 or -errno, for the outcome of the reading and writing that it waits for. */
void transfer_note(struct transfer *t, int r);

#endif
