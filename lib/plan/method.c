/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Which step comes next for one destination: a table of rows, the first that matches wins.
 *
 * Not for doing anything: exec does, and transfer/transfer.c introduces the two. A row names the
 * signs that must be there and those that must not. The surprising one: EXDEV on overlayfs
 * says nothing about what the upper layer can do, so it is asked, not guessed, and nothing
 * is remembered from it. docs/ARCHITECTURE.md lists the rows; tests/unit/plan.c tests each.
 */
#include "plan/method.h"

#include "plan/copyup.h"
#include "plan/policy.h"

#include <errno.h>

/* Signs: what is true at this moment. */
enum cond {
	STOP = UINT64_C(1) << 0,       /* a step failed for good */
	HAVE_DATA = UINT64_C(1) << 1,  /* a step completed the data */
	NEVER = UINT64_C(1) << 2,      /* reflink=never */
	MUST_SHARE = UINT64_C(1) << 3, /* bytes are not to be written: reflink=always, or require */
	REGULAR = UINT64_C(1) << 4,    /* both files are regular */
	EMPTY = UINT64_C(1) << 5,      /* the source says that it holds nothing */
	DONOR = UINT64_C(1) << 6,      /* a donor is at hand */
	CANNOT_CLONE = UINT64_C(1) << 7, /* the pair of filesystems was refused before */
	CLONE_TRIED = UINT64_C(1) << 8,	 /* FICLONE was tried */
	CLONE_REFUSED = UINT64_C(1)
			<< 9, /* ... and refused, but not as unknown to the filesystem */
	CROSS_DEVICE = UINT64_C(1) << 10,  /* ... with EXDEV */
	SEEN = UINT64_C(1) << 11,	   /* it is known where the two lie */
	SAME_OVERLAY = UINT64_C(1) << 12,  /* in one overlay */
	TWO_OVERLAYS = UINT64_C(1) << 13,  /* in two */
	ASKED = UINT64_C(1) << 14,	   /* the destination's filesystem was asked */
	CLONES = UINT64_C(1) << 15,	   /* ... and it can clone */
	MAY_COPY_UP = UINT64_C(1) << 16,   /* policy and facts allow a copy-up */
	COPY_UP_TRIED = UINT64_C(1) << 17, /* the copy-up was tried */
	COPIED_UP = UINT64_C(1) << 18,	   /* ... and worked */
	UPPER_TRIED = UINT64_C(1) << 19,   /* FICLONE was tried again after the copy-up */
	RANGE_TRIED = UINT64_C(1) << 20,   /* copy_file_range was tried */
	BYTES_TRIED = UINT64_C(1) << 21,   /* read and write were tried */
	OWN_HOLES = UINT64_C(1) << 22,	   /* other holes are asked for than a clone would have */
	EMPTY_TOO = UINT64_C(1) << 23, /* reflink=always: an empty file is to be cloned as well */
	RANGE_SHARES = UINT64_C(1) << 24, /* require=share: by copy_file_range, too */
	ONLY_CLONES = UINT64_C(1) << 25,  /* require=clone: not by copy_file_range */
	FLAG_DIFFERS = UINT64_C(1) << 26, /* a clone was refused with EINVAL */
	MATCH_TRIED = UINT64_C(1) << 27,  /* the flag was matched, or that was tried */
	MATCHED = UINT64_C(1) << 28,	  /* ... and it was */
	REMATCHED = UINT64_C(1) << 29,	  /* FICLONE was tried again after that */
	MAY_BYPASS = UINT64_C(1) << 30,	  /* the source is on an overlay, the destination is not */
	SOUGHT = UINT64_C(1) << 31,	  /* the source's own file was sought in its layer */
	FOUND = UINT64_C(1) << 32,	  /* ... and found */
	LOW_TOO = UINT64_C(1) << 34,	  /* small, in a tree, neighbours were refused with EXDEV */
	RANGE_USELESS = UINT64_C(1) << 35, /* copy_file_range would be refused, too */
	LAYER_TRIED = UINT64_C(1) << 33,   /* FICLONE was tried from there */
	TOGETHER = UINT64_C(1) << 36,	   /* one reading serves several destinations, and
					      copy_file_range would share nothing */
};

struct row {
	const char *id;
	uint64_t all_of;
	uint64_t none_of;
	enum plan_method method;
	const char *row_text;
};

static const struct row rows[] = {
	{ "stop", STOP, 0, PLAN_FAIL, "the last error would meet every other method too" },
	{ "done", HAVE_DATA, 0, PLAN_DONE, "the data is complete" },
	{ "exhausted", BYTES_TRIED, 0, PLAN_FAIL, "no method is left" },
	{ "never", NEVER, 0, PLAN_READ_WRITE,
	  "sharing is forbidden, and copy_file_range may share" },
	{ "holes", OWN_HOLES, 0, PLAN_READ_WRITE, "holes of its own were asked for" },
	{ "no-clone-of-stream", MUST_SHARE, REGULAR, PLAN_FAIL,
	  "only regular files can be cloned" },
	{ "stream", 0, REGULAR, PLAN_READ_WRITE, "not two regular files" },
	{ "empty", EMPTY, EMPTY_TOO, PLAN_READ_WRITE,
	  "nothing to share, unless it only looks empty, as files in /proc do" },
	{ "donor", DONOR, 0, PLAN_CLONE_DONOR, "an earlier destination holds the same data" },
	{ "small-cross-device", LOW_TOO, MUST_SHARE | MAY_COPY_UP | CLONE_TRIED, PLAN_READ_WRITE,
	  "a small file of a tree whose neighbours lie on another filesystem" },
	{ "clone", 0, CLONE_TRIED | CANNOT_CLONE, PLAN_CLONE, "only trying tells" },
	{ "match-flag", MUST_SHARE | FLAG_DIFFERS, MATCH_TRIED, PLAN_MATCH_FLAG,
	  "btrfs clones only between files that agree in nodatacow" },
	{ "clone-matched", MATCHED, REMATCHED, PLAN_CLONE_MATCHED, "they agree now" },
	{ "classify", CLONE_REFUSED, SEEN, PLAN_CLASSIFY_PAIR,
	  "what EXDEV means depends on the overlay" },
	{ "probe-clone", CLONE_REFUSED, ASKED, PLAN_PROBE_CLONE,
	  "no copy-up and no donor where the destination cannot clone" },
	{ "range-clone", CROSS_DEVICE | TWO_OVERLAYS | CLONES, RANGE_TRIED | ONLY_CLONES,
	  PLAN_RANGE, "copy_file_range clones between overlays on one upper filesystem" },
	{ "copy-up", CROSS_DEVICE | SAME_OVERLAY | CLONES | MAY_COPY_UP, COPY_UP_TRIED,
	  PLAN_COPY_UP, "one copy-up makes this clone and later ones possible" },
	{ "clone-upper", COPIED_UP, UPPER_TRIED, PLAN_CLONE_UPPER,
	  "the source is on the upper layer" },
	{ "seek-layer", CROSS_DEVICE | MAY_BYPASS | CLONES, SOUGHT, PLAN_SEEK_LAYER,
	  "the file behind the overlay may lie on the filesystem of the destination" },
	{ "clone-layer", FOUND, LAYER_TRIED, PLAN_CLONE_LAYER,
	  "the file in its layer is proved to be the source" },
	{ "range-share", RANGE_SHARES, RANGE_TRIED, PLAN_RANGE,
	  "copy_file_range may share where FICLONE is refused" },
	{ "cannot-clone", MUST_SHARE, 0, PLAN_FAIL, "sharing is required and not possible" },
	{ "tee", TOGETHER, RANGE_TRIED | RANGE_USELESS, PLAN_READ_WRITE,
	  "one reading serves all destinations, copy_file_range would read for each" },
	{ "range", 0, RANGE_TRIED | RANGE_USELESS, PLAN_RANGE,
	  "the kernel may share, offload or at least copy" },
	{ "read-write", 0, 0, PLAN_READ_WRITE,
	  "nothing else is possible here, or none of it pays" },
};

bool plan_has_own_holes(const struct facts *f, const struct ovlcp_options *opt)
{
	return (opt->sparse == OVLCP_SPARSE_ALWAYS && f->size > 0) ||
	       (opt->sparse == OVLCP_SPARSE_NEVER && f->sparse);
}

static bool stops(const struct plan_past *past)
{
	for (int m = 0; m < PLAN_METHODS; m++)
		if (past->outcome[m] == CLASS_TERMINAL)
			return true;
	return false;
}

static bool has_data(const struct plan_past *past)
{
	static const enum plan_method data[] = { PLAN_CLONE,	   PLAN_CLONE_DONOR,
						 PLAN_CLONE_UPPER, PLAN_CLONE_MATCHED,
						 PLAN_CLONE_LAYER, PLAN_RANGE,
						 PLAN_READ_WRITE };

	for (size_t i = 0; i < sizeof(data) / sizeof(*data); i++)
		if (past->outcome[data[i]] == CLASS_DONE)
			return true;
	return false;
}

static uint64_t cond_if(bool is, enum cond sign)
{
	return is ? sign : 0;
}

/* Small files gain nothing by a clone, so none is tried where it would most likely be refused. A
   fan-out tries it, to find out whether the first destination can be a donor. */
static bool is_low_too(const struct facts *f)
{
	return f->siblings_cross_device && f->in_tree && f->size <= PLAN_SMALL &&
	       f->destinations == 1;
}

/* Measured on Linux 6.18: what cannot be cloned within an overlay because of its layer cannot be
   copied by copy_file_range either. */
static bool is_range_useless(const struct facts *f, const struct plan_past *past)
{
	return f->pair_refuses_range ||
	       (past->outcome[PLAN_CLONE] == CLASS_CROSS_DEVICE &&
		f->relation == RELATION_SAME_OVERLAY && past->outcome[PLAN_COPY_UP] != CLASS_DONE);
}

/* To find and prove the file behind the overlay takes about a millisecond. */
static bool may_bypass(const struct facts *f, const struct ovlcp_options *opt)
{
	bool pays = f->size > PLAN_SMALL && !(f->in_tree && f->pair_hides_layers);

	return f->leaves_overlay && !(opt->flags & OVLCP_NO_LAYER_BYPASS) &&
	       (pays || plan_must_share(opt));
}

static bool is_together(const struct facts *f, const struct ovlcp_options *opt)
{
	return f->range_copies && f->dst_clones != ANSWER_YES && plan_uses_tee(f, opt);
}

static uint64_t signs(const struct facts *f, const struct ovlcp_options *opt,
		      const struct plan_past *past)
{
	const enum plan_class *was = past->outcome;
	enum plan_class clone = was[PLAN_CLONE];

	return cond_if(stops(past), STOP) | cond_if(has_data(past), HAVE_DATA) |
	       cond_if(opt->reflink == OVLCP_REFLINK_NEVER, NEVER) |
	       cond_if(plan_must_share(opt), MUST_SHARE) |
	       cond_if(opt->reflink == OVLCP_REFLINK_ALWAYS, EMPTY_TOO) |
	       cond_if(opt->require == OVLCP_REQUIRE_SHARE, RANGE_SHARES) |
	       cond_if(opt->require == OVLCP_REQUIRE_CLONE, ONLY_CLONES) |
	       cond_if(past->error[PLAN_CLONE] == EINVAL || past->error[PLAN_CLONE_UPPER] == EINVAL,
		       FLAG_DIFFERS) |
	       cond_if(was[PLAN_MATCH_FLAG] != CLASS_NOT_TRIED, MATCH_TRIED) |
	       cond_if(was[PLAN_MATCH_FLAG] == CLASS_DONE, MATCHED) |
	       cond_if(was[PLAN_CLONE_MATCHED] != CLASS_NOT_TRIED, REMATCHED) |
	       cond_if(may_bypass(f, opt), MAY_BYPASS) |
	       cond_if(was[PLAN_SEEK_LAYER] != CLASS_NOT_TRIED, SOUGHT) |
	       cond_if(was[PLAN_SEEK_LAYER] == CLASS_DONE, FOUND) |
	       cond_if(is_low_too(f), LOW_TOO) | cond_if(is_range_useless(f, past), RANGE_USELESS) |
	       cond_if(was[PLAN_CLONE_LAYER] != CLASS_NOT_TRIED, LAYER_TRIED) |
	       cond_if(is_together(f, opt), TOGETHER) | cond_if(f->regular, REGULAR) |
	       cond_if(f->size == 0, EMPTY) | cond_if(plan_has_own_holes(f, opt), OWN_HOLES) |
	       cond_if(f->donor_ready, DONOR) | cond_if(f->pair_cannot_clone, CANNOT_CLONE) |
	       cond_if(clone != CLASS_NOT_TRIED, CLONE_TRIED) |
	       cond_if(clone == CLASS_CROSS_DEVICE || clone == CLASS_UNSUITABLE, CLONE_REFUSED) |
	       cond_if(clone == CLASS_CROSS_DEVICE, CROSS_DEVICE) |
	       cond_if(f->relation != RELATION_UNKNOWN, SEEN) |
	       cond_if(f->relation == RELATION_SAME_OVERLAY, SAME_OVERLAY) |
	       cond_if(f->relation == RELATION_TWO_OVERLAYS, TWO_OVERLAYS) |
	       cond_if(f->dst_clones != ANSWER_NOT_ASKED, ASKED) |
	       cond_if(f->dst_clones == ANSWER_YES, CLONES) |
	       cond_if(plan_copy_up_refusal(f, opt) == OVLCP_REASON_NONE, MAY_COPY_UP) |
	       cond_if(was[PLAN_COPY_UP] != CLASS_NOT_TRIED, COPY_UP_TRIED) |
	       cond_if(was[PLAN_COPY_UP] == CLASS_DONE, COPIED_UP) |
	       cond_if(was[PLAN_CLONE_UPPER] != CLASS_NOT_TRIED, UPPER_TRIED) |
	       cond_if(was[PLAN_RANGE] != CLASS_NOT_TRIED, RANGE_TRIED) |
	       cond_if(was[PLAN_READ_WRITE] != CLASS_NOT_TRIED, BYTES_TRIED);
}

struct plan_step plan_next(const struct facts *f, const struct ovlcp_options *opt,
			   const struct plan_past *past)
{
	uint64_t now = signs(f, opt, past);
	const struct row *row = rows;

	while ((now & row->all_of) != row->all_of || (now & row->none_of))
		row++; /* ends: the last row matches everything */
	return (struct plan_step){ .method = row->method,
				   .row = row->id,
				   .row_text = row->row_text };
}

bool plan_uses_tee(const struct facts *f, const struct ovlcp_options *opt)
{
	return f->regular && f->destinations > 1 && f->size >= PLAN_TEE_MIN &&
	       !plan_is_donor(f, opt);
}

bool plan_is_donor(const struct facts *f, const struct ovlcp_options *opt)
{
	return opt->reflink != OVLCP_REFLINK_NEVER && !plan_must_share(opt) && f->regular &&
	       f->more_follow && f->dst_clones == ANSWER_YES;
}
