/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The transfer of data from one source to one destination.
 *
 * A transfer can be suspended before a slow step, so that several transfers can share one reading
 * of the source.
 */
#ifndef OVL_TRANSFER_TRANSFER_H
#define OVL_TRANSFER_TRANSFER_H

#include "exec/data.h"
#include "model/facts.h"
#include "model/plan.h"
#include "probe/fs_pair_cache.h"
#include "remember/keep.h"
#include "remember/recall.h"
#include "source/source.h"
#include "target/target.h"
#include "transfer/donors.h"

/** Arguments of a transfer. Everything is borrowed. */
struct transfer_request {
	/** The source; a copy-up replaces its descriptor. */
	struct source *src;
	/** The destination, open and empty. */
	const struct target *dst;
	/** Options of the copy. */
	const struct ovlcp_options *opt;
	/** Complete destinations to clone from. */
	const struct donors *donors;
	/** Number of destinations of the call. */
	size_t destinations;
	/** True if another destination follows. */
	bool more_follow;
	/** The destination would exist only, but the copy-up is carried out; and before it, on a
	    scratch file, what shows whether it is of use. */
	bool copies_up;
};

/** The state of a transfer. */
struct transfer {
	/** The session; borrowed. */
	struct ovlcp *o;
	/** The arguments; borrowed. */
	const struct transfer_request *q;
	/** Input of the plan: the facts so far. */
	struct facts facts;
	/** Input of the plan: the outcomes of the steps so far. */
	struct plan_past past;
	/** What is known about the two filesystems; written back to the cache at the end. */
	struct fs_pair pair;
	/** Index of the donor to be tried next. */
	size_t donor_next;
	/** State of the copying of bytes. */
	struct exec_copy copy;
	/** Bytes that copy_file_range shared; measured only for explanations. */
	uint64_t range_shared;
	/** The last error. */
	struct err last;
	/** The step that returned it. */
	enum plan_method last_failed;
	/** True while the transfer is suspended; others may update the cached pair meanwhile. */
	bool is_suspended;
	/** The last step that was carried out. */
	struct plan_step step;
	/** How the data was provided, and why that way; complete at the end. */
	struct outcome outcome;
	/** The error that the transfer ended with; code 0 if it succeeded. */
	struct err err;
	/** True if later destinations can be cloned: from unnamed_fd, else from the destination. */
	bool is_donor;
	/** True if this destination must not give its data to others: another user may write to
	    it. */
	bool cannot_give;
	/** The copy of an earlier call that it can be cloned from; owned, until transfer_done. */
	struct recalled recalled;
	/** Whether the destination is recorded for later calls. */
	struct kept_copy kept;
	/** The unnamed file that the bytes went to first (transfer/unnamed.h), -EBADF if there is
	    none; owned, until transfer_done. */
	int unnamed_fd;
};

/** Result of transfer_run; a failure is -errno instead. */
enum transfer_state {
	/** The data is complete. */
	TRANSFER_ENDED = 0,
	/** Suspended before read and write, which it can share with other transfers. */
	TRANSFER_READS,
	/** Suspended before a step that it has to do alone. */
	TRANSFER_ALONE,
};

/**
 * Carry out steps until the data is complete or cannot be provided.
 *
 * @may_suspend: return before a step that is slow or changes the source. A dry run has no such
 * steps.
 * Returns an enum transfer_state; or -errno at a failed end. At an end t->outcome and t->err are
 * filled.
 */
int transfer_run(struct transfer *t, bool may_suspend);

/**
 * The file that the destination was cloned from: the source, its file in a layer, a donor, or the
 * copy of an earlier call. Returns its descriptor, which is borrowed; -EBADF if the data was not
 * cloned.
 */
int transfer_cloned_from(const struct transfer *t);

/** Close what the transfer owns. */
void transfer_done(struct transfer *t);

/** Record @r, 0 or -errno, as the outcome of the read and write of a TRANSFER_READS. */
void transfer_note(struct transfer *t, int r);

#endif
