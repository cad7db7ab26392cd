/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Decisions, and nothing but decisions: facts, policy and past in, the next step out.
 *
 * Nothing here makes a system call, holds a descriptor or remembers anything, so every row
 * of every table can be tested without a file.
 */
#ifndef OVL_PLAN_PLAN_H
#define OVL_PLAN_PLAN_H

#include "model/facts.h"
#include "model/plan.h"

#include <sys/types.h>

/** Smallest source that is copied up for a single destination unless told otherwise. */
#define PLAN_COPY_UP_MIN_SINGLE (UINT64_C(1) << 20)
/** Smallest source that is copied up in a fan-out: below, a donor costs less. */
#define PLAN_COPY_UP_MIN_FAN_OUT (UINT64_C(16) << 20)

/**
 * The next step towards the data of one destination. Always ends: each step changes the facts
 * or the past, and after PLAN_READ_WRITE there is only PLAN_DONE or PLAN_FAIL.
 */
struct plan_step plan_next(const struct facts *f, const struct ovlcp_options *opt,
			   const struct plan_past *past);

/** What @error (positive errno) of @method means for the choice of the next one. */
enum plan_class plan_classify(enum plan_method method, int error);

/** Why a copy-up of the source is not to be tried, or OVLCP_WHY_NONE if it may be. */
enum ovlcp_why plan_copy_up_refusal(const struct facts *f, const struct ovlcp_options *opt);

/** Why the destination does not share data with the source, after all steps in @past. */
enum ovlcp_why plan_why(const struct facts *f, const struct ovlcp_options *opt,
			const struct plan_past *past);

/** Whether a destination that got its bytes written is worth keeping as a donor. */
bool plan_is_donor(const struct facts *f, const struct ovlcp_options *opt);

/** What stands where the destination is to be made. */
struct dst_facts {
	/** Type bits (S_IFMT) of what the name leads to, links followed; 0 for a dangling link. */
	mode_t type;
	/** Whether it is the same file as the source. */
	bool same_file;
	/** Whether it is that file under the only name that the source can be reached by. */
	bool only_name;
	/** Whether it was modified no earlier than the source. */
	bool not_older;
	/** Whether this session made it. */
	bool just_created;
	/** Whether this session copied the source before. */
	bool source_repeated;
	/** Whether it is a destination of the same fan-out that is complete already. */
	bool duplicate;
	/** Whether a directory was entered already; cp enters one only. */
	bool entered;
	/** The answer to OVLCP_EXISTING_ASK. */
	enum answer may_overwrite;
};

/** What to do about a destination that exists. */
enum dst_action {
	/** Open it and cut it to length 0. */
	DST_TRUNCATE,
	/** Remove it, then make it anew. */
	DST_REMOVE,
	/** Copy into it under the source's last name. */
	DST_ENTER,
	/** Leave it alone. */
	DST_SKIP,
	/** Ask the user, then decide again. */
	DST_ASK,
	/** Fail with dst_step.refusal. */
	DST_REFUSE,
};

/** The action, and the check that refused. */
struct dst_step {
	enum dst_action action;
	/** For DST_REFUSE and DST_SKIP; otherwise OVLCP_OP_NONE. */
	enum ovlcp_op refusal;
	/** errno (positive) that goes with the refusal; 0 where the check says it all. */
	int error;
};

/** What to do about the existing destination that @f describes. */
struct dst_step plan_destination(const struct dst_facts *f, const struct ovlcp_options *opt);

#endif
