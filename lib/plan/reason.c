/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Why a destination does not share its data with the source, as one value.
 *
 * Users see it as a sentence of cmd/, so the most direct cause wins: first the options, then what
 * the filesystems support, then what prevented the copy-up.
 */
#include "plan/reason.h"

#include "model/facts.h"
#include "model/plan.h"
#include "plan/copyup.h"
#include "plan/method.h"
#include "plan/policy.h"

#include <errno.h>
#include <stddef.h>

/* All rows were measured on Linux 6.18. */
enum ovlcp_reason plan_copy_up_reason(int error)
{
	static const struct {
		int error;
		enum ovlcp_reason reason;
	} reasons[] = {
		{ ETXTBSY, OVLCP_REASON_LOWER_RUNNING },
		{ EACCES, OVLCP_REASON_LOWER_PERMISSION },
		{ EPERM, OVLCP_REASON_LOWER_IMMUTABLE }, /* open(2) returns it for nothing else */
		{ EROFS, OVLCP_REASON_LOWER_READ_ONLY },
		{ EOVERFLOW, OVLCP_REASON_LOWER_UNMAPPED },
		{ EAGAIN, OVLCP_REASON_LOWER_LEASED }, /* O_NONBLOCK does not wait for the holder */
		{ EINTR, OVLCP_REASON_LOWER_INTERRUPTED },
		{ EEXIST, OVLCP_REASON_LOWER_REPLACED }, /* unlinked since it was opened */
		{ ESTALE, OVLCP_REASON_LOWER_REPLACED },
		{ ENOSPC, OVLCP_REASON_LOWER_NO_SPACE },
		{ EDQUOT, OVLCP_REASON_LOWER_NO_SPACE },
		{ EXDEV, OVLCP_REASON_LOWER_WORK_DIR }, /* the move out of the work directory */
		{ EFBIG, OVLCP_REASON_SIZE_LIMIT },
	};

	for (size_t i = 0; i < sizeof(reasons) / sizeof(*reasons); i++)
		if (reasons[i].error == error)
			return reasons[i].reason;
	return OVLCP_REASON_LOWER_FAILED;
}

/* Why a clone was refused with EINVAL. */
static enum ovlcp_reason reason_invalid(const struct facts *f)
{
	if (f->beyond_limit)
		return OVLCP_REASON_SIZE_LIMIT;
	return f->has_checksums ? OVLCP_REASON_FLAGS : OVLCP_REASON_REFUSED;
}

/* Why not after EXDEV, if at least one of the two files is not on an overlay. */
static enum ovlcp_reason reason_apart(const struct facts *f, const struct ovlcp_options *opt,
				      const struct plan_past *past)
{
	if (!f->leaves_overlay && !f->enters_overlay)
		return OVLCP_REASON_OTHER_FILESYSTEM;
	if (!f->leaves_overlay || f->dst_clones != ANSWER_YES ||
	    past->outcome[PLAN_SEEK_LAYER] != CLASS_NOT_TRIED)
		return OVLCP_REASON_OUTSIDE_OVERLAY;
	if (opt->flags & OVLCP_NO_LAYER_BYPASS)
		return OVLCP_REASON_LAYER_NEVER;
	return f->size <= PLAN_SMALL ? OVLCP_REASON_LAYER_SMALL : OVLCP_REASON_OUTSIDE_OVERLAY;
}

/* Why not after EXDEV. */
static enum ovlcp_reason reason_cross_device(const struct facts *f, const struct ovlcp_options *opt,
					     const struct plan_past *past)
{
	switch (f->relation) {
	case RELATION_UNCLEAR:
		return OVLCP_REASON_OVERLAY_UNKNOWN;
	case RELATION_APART:
		return reason_apart(f, opt, past);
	case RELATION_UNKNOWN:
		return OVLCP_REASON_OTHER_FILESYSTEM;
	case RELATION_SAME_FUSE_OVERLAY:
		return OVLCP_REASON_FUSE_OVERLAY;
	case RELATION_TWO_OVERLAYS:
		return f->dst_clones == ANSWER_NO ? OVLCP_REASON_UPPER_FILESYSTEM
						  : OVLCP_REASON_TWO_OVERLAYS;
	case RELATION_SAME_OVERLAY:
		break;
	}
	if (f->dst_clones == ANSWER_NO)
		return OVLCP_REASON_UPPER_FILESYSTEM;
	if (past->outcome[PLAN_COPY_UP] == CLASS_NOT_TRIED)
		return plan_copy_up_refusal(f, opt);
	if (past->outcome[PLAN_COPY_UP] != CLASS_DONE)
		return plan_copy_up_reason(past->error[PLAN_COPY_UP]);
	return past->error[PLAN_CLONE_UPPER] == EINVAL ? reason_invalid(f) : OVLCP_REASON_REFUSED;
}

enum ovlcp_reason plan_reason(const struct facts *f, const struct ovlcp_options *opt,
			      const struct plan_past *past)
{
	enum plan_class clone = past->outcome[PLAN_CLONE];
	int clone_error = past->error[PLAN_CLONE];

	if (clone == CLASS_DONE || past->outcome[PLAN_CLONE_UPPER] == CLASS_DONE ||
	    past->outcome[PLAN_CLONE_MATCHED] == CLASS_DONE ||
	    past->outcome[PLAN_CLONE_DONOR] == CLASS_DONE ||
	    past->outcome[PLAN_CLONE_LAYER] == CLASS_DONE ||
	    past->outcome[PLAN_CLONE_REMEMBERED] == CLASS_DONE)
		return OVLCP_REASON_NONE;
	/* where sharing is required, the outcome of copy_file_range is DONE only if it shared */
	if (plan_must_share(opt) && past->outcome[PLAN_RANGE] == CLASS_DONE && !f->cannot_tell)
		return OVLCP_REASON_NONE;
	if (opt->reflink == OVLCP_REFLINK_NEVER)
		return OVLCP_REASON_REFLINK_NEVER;
	if (plan_wants_other_holes(f, opt))
		return OVLCP_REASON_SPARSE;
	if (!f->regular)
		return OVLCP_REASON_NOT_REGULAR;
	/* whatever these filesystems can do; but --reflink=always has empty files cloned, too */
	if (clone == CLASS_NOT_TRIED && f->size == 0 && opt->reflink != OVLCP_REFLINK_ALWAYS)
		return OVLCP_REASON_EMPTY;
	if (f->cannot_tell)
		return OVLCP_REASON_CANNOT_TELL;
	if (clone_error == ETXTBSY || past->error[PLAN_MATCH_FLAG] == ETXTBSY)
		return OVLCP_REASON_SWAP;
	if (f->clone_filtered)
		return OVLCP_REASON_REFUSED;
	if (f->pair_cannot_clone || clone == CLASS_UNSUPPORTED)
		return f->relation == RELATION_SAME_FUSE_OVERLAY ? OVLCP_REASON_FUSE_OVERLAY
								 : OVLCP_REASON_FILESYSTEM;
	if (clone == CLASS_CROSS_DEVICE)
		return reason_cross_device(f, opt, past);
	if (clone == CLASS_NOT_TRIED)
		return f->siblings_cross_device && !f->donor_ready
			       ? reason_cross_device(f, opt, past)
			       : OVLCP_REASON_NONE;
	return clone_error == EINVAL ? reason_invalid(f) : OVLCP_REASON_REFUSED;
}
