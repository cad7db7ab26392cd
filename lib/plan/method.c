/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Which step comes next for the data of one destination: a table, the first row that matches wins.
 *
 * Not for carrying out a step: exec does that, and transfer/transfer.c connects the two. The
 * surprising fact: EXDEV on overlayfs does not say whether the upper layer can clone, so that is
 * probed, and EXDEV is never remembered. docs/ARCHITECTURE.md lists the rows; tests/unit/plan.c
 * tests each.
 */
#include "plan/method.h"

#include "model/facts.h"
#include "model/plan.h"
#include "plan/copyup.h"
#include "plan/policy.h"
#include "plan/rule.h"

#include <errno.h>
#include <stddef.h>

enum method_cond {
	/* options */
	NEVER = COND(0),	/* reflink=never */
	MUST_SHARE = COND(1),	/* reflink=always or require: bytes must not be written */
	CLONE_EMPTY = COND(2),	/* reflink=always: clone empty files too */
	RANGE_SHARES = COND(3), /* require=share: sharing by copy_file_range will do */
	CLONE_ONLY = COND(4),	/* require=clone: sharing by copy_file_range will not do */
	OTHER_HOLES = COND(5),	/* the copy gets holes of its own, or none */
	MAY_COPY_UP = COND(6),	/* options and facts allow a copy-up */
	MAY_BYPASS = COND(7),	/* options and facts allow a clone from the source's layer */

	/* facts */
	REGULAR = COND(8),	       /* both files are regular */
	EMPTY = COND(9),	       /* st_size of the source is 0 */
	DONOR = COND(10),	       /* an earlier destination can be cloned */
	CANNOT_CLONE = COND(11),       /* the pair of filesystems is known not to clone */
	CLASSIFIED = COND(12),	       /* the relation of the two files is known */
	SAME_OVERLAY = COND(13),       /* ... both are on one overlay */
	TWO_OVERLAYS = COND(14),       /* ... on two overlays */
	PROBED = COND(15),	       /* it is known whether the destination can clone */
	DST_CLONES = COND(16),	       /* ... and it can */
	SMALL_CROSS_DEVICE = COND(17), /* a small file of a tree, siblings failed with EXDEV */
	RANGE_USELESS = COND(18),      /* copy_file_range would fail too */
	TEE = COND(19),		       /* one read for several destinations is cheaper */
	REMEMBERS = COND(37),	       /* an earlier call may have left a copy */

	/* outcomes of earlier steps */
	STOP = COND(20),	     /* a step failed with a terminal error */
	HAVE_DATA = COND(21),	     /* a step completed the data */
	CLONE_TRIED = COND(22),	     /* FICLONE was tried */
	CLONE_REFUSED = COND(23),    /* ... and failed for these files, not for lack of support */
	CROSS_DEVICE = COND(24),     /* ... with EXDEV */
	FLAG_DIFFERS = COND(25),     /* ... with EINVAL on btrfs: the nodatacow flags may differ */
	MATCH_TRIED = COND(26),	     /* setting the source's flag on the destination was tried */
	MATCHED = COND(27),	     /* ... and worked */
	MATCHED_TRIED = COND(28),    /* FICLONE was tried after that */
	COPY_UP_TRIED = COND(29),    /* the copy-up was tried */
	COPIED_UP = COND(30),	     /* ... and worked */
	UPPER_TRIED = COND(31),	     /* FICLONE was tried after the copy-up */
	SOUGHT = COND(32),	     /* the source's file was sought in its layer */
	FOUND = COND(33),	     /* ... and found */
	LAYER_TRIED = COND(34),	     /* FICLONE was tried from the file in the layer */
	RANGE_TRIED = COND(35),	     /* copy_file_range was tried */
	READ_WRITE_TRIED = COND(36), /* read and write were tried */
	RECALL_TRIED = COND(38),     /* a copy of an earlier call was looked for */
	RECALLED = COND(39),	     /* ... and found */
	REMEMBERED_TRIED = COND(40), /* FICLONE was tried from it */

	/* where FICLONE is refused, and copy_file_range may share: fuse-overlayfs, filters */
	DONOR_BY_RANGE = COND(41),  /* ... an earlier destination */
	RANGE_OVERLAY = COND(42),   /* ... in one overlay, after a copy-up */
	RANGE_SAMPLED = COND(43),   /* it is known what copy_file_range shares there */
	RANGE_OF_SOURCE = COND(44), /* ... the source's data, where it is */
	RANGE_OF_UPPER = COND(45),  /* ... what is on the upper layer */
	RANGE_FORBIDDEN = COND(46), /* sharing is required, and by copy_file_range will not do */

	RANGE_SLOWER = COND(47), /* copy_file_range would only copy, slower than read and write */
};

static const struct method_row {
	const char *id;
	struct rule rule;
	enum plan_method method;
	const char *text; /* why, for people */
} method_rows[] = {
	{ "stop", WHEN(STOP, 0), PLAN_FAIL, "every other method would fail with this error too" },
	{ "done", WHEN(HAVE_DATA, 0), PLAN_DONE, "the data is complete" },
	{ "exhausted", WHEN(READ_WRITE_TRIED, 0), PLAN_FAIL, "no method is left" },
	{ "never", WHEN(NEVER, 0), PLAN_READ_WRITE,
	  "sharing is forbidden, and copy_file_range might share" },
	{ "holes", WHEN(OTHER_HOLES, 0), PLAN_READ_WRITE,
	  "--sparse decides where the copy has holes" },
	{ "no-clone-of-stream", WHEN(MUST_SHARE, REGULAR), PLAN_FAIL,
	  "only regular files can be cloned" },
	{ "stream", WHEN(0, REGULAR), PLAN_READ_WRITE,
	  "source and destination are not both regular files" },
	{ "empty", WHEN(EMPTY, CLONE_EMPTY), PLAN_READ_WRITE,
	  "the source has size 0: it is empty, or its data can only be read, as in /proc" },
	{ "range-donor", WHEN(DONOR | DONOR_BY_RANGE, 0), PLAN_RANGE_DONOR,
	  "where FICLONE is refused, copy_file_range may share an earlier destination's data" },
	{ "donor", WHEN(DONOR, 0), PLAN_CLONE_DONOR, "an earlier destination holds the same data" },
	{ "clone-remembered", WHEN(RECALLED, REMEMBERED_TRIED), PLAN_CLONE_REMEMBERED,
	  "the copy that an earlier call made is verified to be unchanged" },
	{ "recall-small",
	  WHEN(SMALL_CROSS_DEVICE | REMEMBERS, MUST_SHARE | CLONE_TRIED | RECALL_TRIED),
	  PLAN_RECALL,
	  "files before it were on another filesystem; an earlier call may have made a copy" },
	{ "small-cross-device", WHEN(SMALL_CROSS_DEVICE, MUST_SHARE | MAY_COPY_UP | CLONE_TRIED),
	  PLAN_READ_WRITE,
	  "a small file of a tree, and files before it were on another filesystem" },
	{ "clone", WHEN(0, CLONE_TRIED | CANNOT_CLONE), PLAN_CLONE, "a clone is cheap to try" },
	{ "match-flag", WHEN(MUST_SHARE | FLAG_DIFFERS, MATCH_TRIED), PLAN_MATCH_FLAG,
	  "btrfs clones only between files with the same nodatacow flag" },
	{ "clone-matched", WHEN(MATCHED, MATCHED_TRIED), PLAN_CLONE_MATCHED,
	  "both files now have the same nodatacow flag" },
	{ "classify", WHEN(CLONE_REFUSED, CLASSIFIED), PLAN_CLASSIFY_PAIR,
	  "whether a copy-up can help depends on where both files are" },
	{ "probe-clone", WHEN(CLONE_REFUSED, PROBED), PLAN_PROBE_CLONE,
	  "a copy-up or an earlier copy helps only if the destination can clone" },
	{ "range-clone", WHEN(CROSS_DEVICE | TWO_OVERLAYS | DST_CLONES, RANGE_TRIED | CLONE_ONLY),
	  PLAN_RANGE, "copy_file_range can share between overlays on one upper filesystem" },
	{ "recall", WHEN(CLONE_REFUSED | REMEMBERS | DST_CLONES, RECALL_TRIED), PLAN_RECALL,
	  "an earlier call may have made a copy, which can be cloned" },
	{ "copy-up", WHEN(CROSS_DEVICE | SAME_OVERLAY | DST_CLONES | MAY_COPY_UP, COPY_UP_TRIED),
	  PLAN_COPY_UP, "one copy-up makes this clone and later ones possible" },
	{ "sample-range", WHEN(RANGE_OVERLAY | MAY_COPY_UP, RANGE_SAMPLED | RANGE_FORBIDDEN),
	  PLAN_SAMPLE_RANGE,
	  "where FICLONE is refused, what copy_file_range shares must be tested" },
	{ "copy-up-range",
	  WHEN(RANGE_OVERLAY | MAY_COPY_UP | RANGE_OF_UPPER,
	       COPY_UP_TRIED | RANGE_OF_SOURCE | RANGE_FORBIDDEN),
	  PLAN_COPY_UP, "one copy-up makes copy_file_range share, in this copy and later ones" },
	{ "clone-upper", WHEN(COPIED_UP | SAME_OVERLAY, UPPER_TRIED | RANGE_OVERLAY),
	  PLAN_CLONE_UPPER, "the source is now on the upper layer" },
	{ "seek-layer", WHEN(CROSS_DEVICE | MAY_BYPASS | DST_CLONES, SOUGHT), PLAN_SEEK_LAYER,
	  "the source's file in its layer may be on the filesystem of the destination" },
	{ "clone-layer", WHEN(FOUND, LAYER_TRIED), PLAN_CLONE_LAYER,
	  "the file found in the layer is verified to be the source" },
	{ "range-share", WHEN(RANGE_SHARES, RANGE_TRIED), PLAN_RANGE,
	  "copy_file_range may share where a clone is refused" },
	{ "cannot-clone", WHEN(MUST_SHARE, 0), PLAN_FAIL, "sharing is required and not possible" },
	{ "tee", WHEN(TEE, RANGE_TRIED | RANGE_USELESS), PLAN_READ_WRITE,
	  "the source is read once for all destinations; copy_file_range would read it for each" },
	{ "range-slower", WHEN(RANGE_SLOWER, RANGE_TRIED | RANGE_USELESS), PLAN_READ_WRITE,
	  "copy_file_range would only copy, and take longer than read and write" },
	{ "range", WHEN(0, RANGE_TRIED | RANGE_USELESS), PLAN_RANGE,
	  "the kernel may share, offload or at least copy" },
	{ "read-write", WHEN(0, 0), PLAN_READ_WRITE,
	  "no other method is possible, or worth its cost" },
};

bool plan_wants_other_holes(const struct facts *f, const struct ovlcp_options *opt)
{
	/* never: holes of the source do not always show in st_blocks, which counts blocks beyond
	   the end, too */
	return opt->sparse != OVLCP_SPARSE_AUTO && f->size > 0;
}

/* Whether a file of a tree is so small that its first destination is not worth cloning: that takes
   longer than to write the file again (docs/decisions/0010-one-tree-many-destinations.md). */
static bool is_small_for_donor(const struct facts *f)
{
	return f->in_tree && f->destinations > 1 && f->size <= PLAN_SMALL &&
	       f->size <= PLAN_UNSHARED_MAX / (f->destinations - 1);
}

/* A clone of a small file gains nothing, so it is not tried where it would most likely be refused.
   In a fan-out it is tried, to find out whether the first destination can be a donor, unless none
   is wanted. */
static bool is_small_cross_device(const struct facts *f)
{
	return f->siblings_cross_device && f->in_tree && f->size <= PLAN_SMALL &&
	       (f->destinations == 1 || is_small_for_donor(f));
}

/* Measured on Linux 6.18: where a clone within one overlay is refused because of the source's
   layer, copy_file_range is refused too. */
static bool is_range_useless(const struct facts *f, const struct plan_past *past)
{
	return f->pair_refuses_range ||
	       (past->outcome[PLAN_CLONE] == CLASS_CROSS_DEVICE &&
		f->relation == RELATION_SAME_OVERLAY && past->outcome[PLAN_COPY_UP] != CLASS_DONE);
}

/* Finding the source's file in its layer, and proving that it is the source, takes about a
   millisecond (docs/decisions/0012-layer-bypass.md). */
static bool may_bypass(const struct facts *f, const struct ovlcp_options *opt)
{
	bool unlikely =
		f->in_tree && f->pair_hides_layers && f->allocated < PLAN_SEEK_LAYER_AGAIN_MIN;
	bool worthwhile = f->size > PLAN_SMALL && !unlikely;

	return f->leaves_overlay && !(opt->flags & OVLCP_NO_LAYER_BYPASS) &&
	       (worthwhile || plan_must_share(opt));
}

/* Whether copy_file_range would do no more than read and write. */
static bool range_only_copies(const struct facts *f)
{
	return f->range_copies && f->dst_clones != ANSWER_YES && !f->clone_filtered;
}

static bool has_terminal_error(const struct plan_past *past)
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
						 PLAN_CLONE_LAYER, PLAN_CLONE_REMEMBERED,
						 PLAN_RANGE,	   PLAN_RANGE_DONOR,
						 PLAN_READ_WRITE };

	for (size_t i = 0; i < sizeof(data) / sizeof(*data); i++)
		if (past->outcome[data[i]] == CLASS_DONE)
			return true;
	return false;
}

static uint64_t method_option_conds(const struct facts *f, const struct ovlcp_options *opt)
{
	return cond_if(opt->reflink == OVLCP_REFLINK_NEVER, NEVER) |
	       cond_if(plan_must_share(opt), MUST_SHARE) |
	       cond_if(opt->reflink == OVLCP_REFLINK_ALWAYS, CLONE_EMPTY) |
	       cond_if(opt->require == OVLCP_REQUIRE_SHARE, RANGE_SHARES) |
	       cond_if(opt->require == OVLCP_REQUIRE_CLONE, CLONE_ONLY) |
	       cond_if(plan_must_share(opt) && opt->require != OVLCP_REQUIRE_SHARE,
		       RANGE_FORBIDDEN) |
	       cond_if(plan_wants_other_holes(f, opt), OTHER_HOLES) |
	       cond_if(plan_copy_up_refusal(f, opt) == OVLCP_REASON_NONE, MAY_COPY_UP) |
	       cond_if(may_bypass(f, opt), MAY_BYPASS) |
	       cond_if(range_only_copies(f) && plan_uses_tee(f, opt), TEE);
}

/* Whether only copy_file_range can share an earlier destination. */
static bool is_donor_by_range(const struct facts *f)
{
	return f->dst_on_fuse_overlay || f->clone_filtered;
}

/* Whether both are in one overlay, in which only copy_file_range can share. */
static bool is_range_overlay(const struct facts *f)
{
	return f->relation == RELATION_SAME_FUSE_OVERLAY ||
	       (f->relation == RELATION_SAME_OVERLAY && f->clone_filtered);
}

static uint64_t range_conds(const struct facts *f)
{
	return cond_if(is_donor_by_range(f), DONOR_BY_RANGE) |
	       cond_if(is_range_overlay(f), RANGE_OVERLAY) |
	       cond_if(f->dst_range_shares != ANSWER_NOT_ASKED, RANGE_SAMPLED) |
	       cond_if(f->src_range_shares == ANSWER_YES, RANGE_OF_SOURCE) |
	       cond_if(f->dst_range_shares == ANSWER_YES, RANGE_OF_UPPER);
}

static uint64_t method_fact_conds(const struct facts *f)
{
	return cond_if(f->regular, REGULAR) | cond_if(f->size == 0, EMPTY) |
	       cond_if(f->donor_ready, DONOR) | cond_if(f->pair_cannot_clone, CANNOT_CLONE) |
	       cond_if(f->relation != RELATION_UNKNOWN, CLASSIFIED) |
	       cond_if(f->relation == RELATION_SAME_OVERLAY, SAME_OVERLAY) |
	       cond_if(f->relation == RELATION_TWO_OVERLAYS, TWO_OVERLAYS) |
	       cond_if(f->dst_clones != ANSWER_NOT_ASKED, PROBED) |
	       cond_if(f->dst_clones == ANSWER_YES, DST_CLONES) | cond_if(f->remembers, REMEMBERS) |
	       cond_if(is_small_cross_device(f), SMALL_CROSS_DEVICE) |
	       cond_if(range_only_copies(f) && f->allocated >= PLAN_RANGE_SLOWER_MIN,
		       RANGE_SLOWER) |
	       range_conds(f);
}

static uint64_t tried_conds(const enum plan_class *outcome)
{
	return cond_if(outcome[PLAN_CLONE] != CLASS_NOT_TRIED, CLONE_TRIED) |
	       cond_if(outcome[PLAN_MATCH_FLAG] != CLASS_NOT_TRIED, MATCH_TRIED) |
	       cond_if(outcome[PLAN_CLONE_MATCHED] != CLASS_NOT_TRIED, MATCHED_TRIED) |
	       cond_if(outcome[PLAN_COPY_UP] != CLASS_NOT_TRIED, COPY_UP_TRIED) |
	       cond_if(outcome[PLAN_CLONE_UPPER] != CLASS_NOT_TRIED, UPPER_TRIED) |
	       cond_if(outcome[PLAN_SAMPLE_RANGE] != CLASS_NOT_TRIED, RANGE_SAMPLED) |
	       cond_if(outcome[PLAN_SEEK_LAYER] != CLASS_NOT_TRIED, SOUGHT) |
	       cond_if(outcome[PLAN_CLONE_LAYER] != CLASS_NOT_TRIED, LAYER_TRIED) |
	       cond_if(outcome[PLAN_RECALL] != CLASS_NOT_TRIED, RECALL_TRIED) |
	       cond_if(outcome[PLAN_CLONE_REMEMBERED] != CLASS_NOT_TRIED, REMEMBERED_TRIED) |
	       cond_if(outcome[PLAN_RANGE] != CLASS_NOT_TRIED, RANGE_TRIED) |
	       cond_if(outcome[PLAN_READ_WRITE] != CLASS_NOT_TRIED, READ_WRITE_TRIED);
}

static uint64_t outcome_conds(const struct facts *f, const struct plan_past *past)
{
	const enum plan_class *outcome = past->outcome;
	enum plan_class clone = outcome[PLAN_CLONE];

	return cond_if(has_terminal_error(past), STOP) | cond_if(has_data(past), HAVE_DATA) |
	       cond_if(clone == CLASS_CROSS_DEVICE || clone == CLASS_UNSUITABLE || f->on_fuse ||
			       f->clone_filtered,
		       CLONE_REFUSED) |
	       cond_if(clone == CLASS_CROSS_DEVICE, CROSS_DEVICE) |
	       cond_if(f->has_checksums && (past->error[PLAN_CLONE] == EINVAL ||
					    past->error[PLAN_CLONE_UPPER] == EINVAL),
		       FLAG_DIFFERS) |
	       cond_if(outcome[PLAN_MATCH_FLAG] == CLASS_DONE, MATCHED) |
	       cond_if(outcome[PLAN_COPY_UP] == CLASS_DONE, COPIED_UP) |
	       cond_if(outcome[PLAN_SEEK_LAYER] == CLASS_DONE, FOUND) |
	       cond_if(outcome[PLAN_RECALL] == CLASS_DONE, RECALLED) |
	       cond_if(is_range_useless(f, past), RANGE_USELESS);
}

struct plan_step plan_next(const struct facts *f, const struct ovlcp_options *opt,
			   const struct plan_past *past)
{
	uint64_t conds = method_option_conds(f, opt) | method_fact_conds(f) |
			 tried_conds(past->outcome) | outcome_conds(f, past);
	const struct method_row *row = method_rows;

	while (!rule_matches(&row->rule, conds))
		row++; /* ends: the last row matches everything */
	return (struct plan_step){ .method = row->method, .rule = row->id, .rule_text = row->text };
}

bool plan_uses_tee(const struct facts *f, const struct ovlcp_options *opt)
{
	return f->regular && f->destinations > 1 && f->size >= PLAN_TEE_MIN &&
	       !plan_is_donor(f, opt);
}

bool plan_is_donor(const struct facts *f, const struct ovlcp_options *opt)
{
	return opt->reflink != OVLCP_REFLINK_NEVER && !plan_must_share(opt) && f->regular &&
	       f->more_follow && !is_small_for_donor(f) &&
	       (f->dst_clones == ANSWER_YES || is_donor_by_range(f));
}
