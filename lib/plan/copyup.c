/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * When a copy-up of the source may be tried: whether the user allows it, it does no harm, and it is
 * worth its cost.
 *
 * The limits are measured, see docs/decisions/0002-when-to-copy-up.md. Whether a clone can follow
 * at all, without which a copy-up is useless, is decided by the rows in method.c.
 */
#include "plan/copyup.h"

#include "model/facts.h"
#include "plan/policy.h"

/* Why a file with so much data is not worth a copy-up; OVLCP_REASON_NONE if it is. */
static enum ovlcp_reason size_refusal(const struct facts *f, const struct ovlcp_options *opt)
{
	const uint64_t data = f->size - f->hole_bytes;
	uint64_t min = opt->copy_up_min;

	/* where sharing is required only a copy-up makes it possible, whatever it costs; but a
	   limit set by the user still counts */
	if (min == 0 && !plan_must_share(opt) && f->destinations == 1)
		min = f->relation == RELATION_SAME_FUSE_OVERLAY ? PLAN_COPY_UP_MIN_FUSE
								: PLAN_COPY_UP_MIN_SINGLE;
	if (data < min)
		return OVLCP_REASON_LOWER_SMALL;
	/* on fuse-overlayfs a donor serves a fan-out as well, and whether a copy-up helps would
	   have to be tried first */
	if (!plan_must_share(opt) && f->destinations > 1 &&
	    (data < PLAN_COPY_UP_MIN_FAN_OUT || f->relation == RELATION_SAME_FUSE_OVERLAY))
		return OVLCP_REASON_LOWER_DONOR;
	return OVLCP_REASON_NONE;
}

/* Why the default policy copies a file rather than sharing it by a copy-up. Each of these does harm
   that is repaired, or passes, or costs more than the copy. */
static enum ovlcp_reason auto_refusal(const struct facts *f)
{
	/* each copy-up costs a flush of the upper filesystem, and most files of a tree are copied
	   only once */
	if (f->in_tree)
		return OVLCP_REASON_LOWER_TREE;
	/* later copies are cloned from this one, and the source need not be in the layer; but FUSE
	   does not tell of every change (plan/remember.c), so nothing there is recorded */
	if (f->will_be_remembered && f->relation != RELATION_SAME_FUSE_OVERLAY)
		return OVLCP_REASON_LOWER_REMEMBERED;
	/* until the mtime is restored, other processes see the new one */
	if (f->metadata_only)
		return OVLCP_REASON_LOWER_TIMES;
	if (f->executable && f->copy_up_opens)
		return OVLCP_REASON_LOWER_EXECUTABLE;
	if (f->filled_bytes > f->size - f->hole_bytes)
		return OVLCP_REASON_LOWER_SPARSE;
	return OVLCP_REASON_NONE;
}

enum ovlcp_reason plan_copy_up_refusal(const struct facts *f, const struct ovlcp_options *opt)
{
	enum ovlcp_reason refusal = OVLCP_REASON_NONE;

	if (f->pair_cannot_copy_up)
		return OVLCP_REASON_LOWER_WORK_DIR;
	if (f->copy_up_harm != OVLCP_REASON_NONE)
		return f->copy_up_harm;
	if (opt->copy_up == OVLCP_COPY_UP_NEVER)
		return OVLCP_REASON_LOWER_NEVER;
	if (opt->copy_up != OVLCP_COPY_UP_AUTO)
		return OVLCP_REASON_NONE;
	if (!plan_must_share(opt))
		refusal = auto_refusal(f);
	return refusal != OVLCP_REASON_NONE ? refusal : size_refusal(f, opt);
}

bool plan_is_refusal_by_option(enum ovlcp_reason refusal)
{
	static const bool by_option[OVLCP_REASON_COUNT] = {
		[OVLCP_REASON_LOWER_NEVER] = true,	[OVLCP_REASON_LOWER_SMALL] = true,
		[OVLCP_REASON_LOWER_DONOR] = true,	[OVLCP_REASON_LOWER_TREE] = true,
		[OVLCP_REASON_LOWER_TIMES] = true,	[OVLCP_REASON_LOWER_SPARSE] = true,
		[OVLCP_REASON_LOWER_EXECUTABLE] = true, [OVLCP_REASON_LOWER_REMEMBERED] = true,
	};

	return by_option[refusal];
}

unsigned int plan_copy_up_threads(uint32_t jobs)
{
	return jobs ? jobs : 1;
}
