/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The choice of the next step (lib/plan/method.c): a case for each row and near each row, every
 * sequence of steps that a copy can take, and random states that no copy should ever reach.
 *
 * The sequences are walked once, before the first test. Each property is checked at each step and
 * reported as a test of its own, with an example where it was violated.
 */
#include "cases.h"

#include "plan/copyup.h"
#include "plan/method.h"
#include "plan/policy.h"
#include "plan/reason.h"
#include "plan/split.h"

#include <errno.h>
#include <string.h>

#define MIB (UINT64_C(1) << 20)

/* Every row and its step. */
struct known_row {
	const char *id;
	enum plan_method method;
};

static const struct known_row known_rows[] = {
	{ "stop", PLAN_FAIL },
	{ "done", PLAN_DONE },
	{ "exhausted", PLAN_FAIL },
	{ "never", PLAN_READ_WRITE },
	{ "holes", PLAN_READ_WRITE },
	{ "no-clone-of-stream", PLAN_FAIL },
	{ "stream", PLAN_READ_WRITE },
	{ "empty", PLAN_READ_WRITE },
	{ "range-donor", PLAN_RANGE_DONOR },
	{ "donor", PLAN_CLONE_DONOR },
	{ "clone-remembered", PLAN_CLONE_REMEMBERED },
	{ "recall-small", PLAN_RECALL },
	{ "small-cross-device", PLAN_READ_WRITE },
	{ "clone", PLAN_CLONE },
	{ "match-flag", PLAN_MATCH_FLAG },
	{ "clone-matched", PLAN_CLONE_MATCHED },
	{ "classify", PLAN_CLASSIFY_PAIR },
	{ "probe-clone", PLAN_PROBE_CLONE },
	{ "range-clone", PLAN_RANGE },
	{ "recall", PLAN_RECALL },
	{ "copy-up", PLAN_COPY_UP },
	{ "sample-range", PLAN_SAMPLE_RANGE },
	{ "copy-up-range", PLAN_COPY_UP },
	{ "clone-upper", PLAN_CLONE_UPPER },
	{ "seek-layer", PLAN_SEEK_LAYER },
	{ "clone-layer", PLAN_CLONE_LAYER },
	{ "range-share", PLAN_RANGE },
	{ "cannot-clone", PLAN_FAIL },
	{ "tee", PLAN_READ_WRITE },
	{ "range-slower", PLAN_READ_WRITE },
	{ "range", PLAN_RANGE },
	{ "read-write", PLAN_READ_WRITE },
};

static const struct known_row *find_row(const char *id)
{
	for (size_t i = 0; i < ROWS(known_rows); i++)
		if (strcmp(known_rows[i].id, id) == 0)
			return &known_rows[i];
	return NULL;
}

/* Cases: a state, and the row that must match. */

struct row_case {
	const char *name;
	const char *row;
	struct facts f;
	struct plan_past past;
	struct ovlcp_options opt;
};

/* Facts about two regular files, not classified yet; classified and probed. */
#define FACTS(...) .f = { __VA_ARGS__ }
#define FILES(...) FACTS(.regular = true, .size = MIB, .destinations = 1, __VA_ARGS__)
#define KNOWN(where, clones, ...)                                                                  \
	FILES(.relation = RELATION_##where, .dst_clones = ANSWER_##clones, __VA_ARGS__)
#define FUSE(...)                                                                                  \
	FACTS(.regular = true, .size = PLAN_COPY_UP_MIN_FUSE, .destinations = 1, .on_fuse = true,  \
	      .pair_cannot_clone = true, .relation = RELATION_SAME_FUSE_OVERLAY,                   \
	      .dst_clones = ANSWER_NO, __VA_ARGS__)
#define FILTERED(...)                                                                              \
	{                                                                                          \
		.regular = true, .size = MIB, .destinations = 1, .clone_filtered = true,           \
		.dst_clones = ANSWER_NO, __VA_ARGS__                                               \
	}
#define FUSE_SO_FAR  PAST(WAS(CLONE, UNSUPPORTED))
#define FUSE_SAMPLED PAST(WAS(CLONE, UNSUPPORTED), WAS(SAMPLE_RANGE, DONE))
#define SIBLING(bytes, n)                                                                          \
	FACTS(.regular = true, .size = (bytes), .destinations = (n), .in_tree = true,              \
	      .siblings_cross_device = true)
#define FANNED(bytes, ...)                                                                         \
	FACTS(.regular = true, .size = (bytes), .allocated = (bytes), .destinations = 2,           \
	      .range_copies = true, __VA_ARGS__)
#define COPIES(bytes, ...)                                                                         \
	FACTS(.regular = true, .size = (bytes), .allocated = (bytes), .destinations = 1,           \
	      .range_copies = true, .pair_cannot_clone = true, __VA_ARGS__)
#define PAST(...)     .past = { .outcome = { __VA_ARGS__ } }
#define WAS(step, as) [PLAN_##step] = CLASS_##as
#define EXDEV_SO_FAR  PAST(WAS(CLONE, CROSS_DEVICE))
#define REFLINK(when) .opt = { .reflink = OVLCP_REFLINK_##when }
#define COPY_UP(when) .opt = { .copy_up = OVLCP_COPY_UP_##when }
#define SPARSE(when)  .opt = { .sparse = OVLCP_SPARSE_##when }
#define REQUIRE(how)  .opt = { .require = OVLCP_REQUIRE_##how }
#define FLAG_DIFFERS                                                                               \
	.past = { .outcome = { WAS(CLONE, UNSUITABLE) }, .error = { [PLAN_CLONE] = EINVAL } }

static const struct row_case row_cases[] = {
	{ "stop: the clone met a terminal error", "stop", FILES(), PAST(WAS(CLONE, TERMINAL)) },
	{ "stop: even if the data is complete", "stop", FILES(),
	  PAST(WAS(COPY_UP, TERMINAL), WAS(RANGE, DONE)) },
	{ "stop: an earlier destination's copy-up met a terminal error", "stop", FILES(),
	  PAST(WAS(COPY_UP, TERMINAL)) },
	{ "stop: also where no clone is wanted", "stop", FILES(), PAST(WAS(READ_WRITE, TERMINAL)),
	  REFLINK(NEVER) },

	{ "done: the clone was made", "done", FILES(), PAST(WAS(CLONE, DONE)) },
	{ "done: the clone of a donor was made", "done", FILES(), PAST(WAS(CLONE_DONOR, DONE)) },
	{ "done: the clone after a copy-up was made", "done", FILES(),
	  PAST(WAS(CLONE, CROSS_DEVICE), WAS(COPY_UP, DONE), WAS(CLONE_UPPER, DONE)) },
	{ "done: the range was copied", "done", FILES(),
	  PAST(WAS(CLONE, UNSUPPORTED), WAS(RANGE, DONE)) },
	{ "done: the bytes were copied", "done", FILES(),
	  PAST(WAS(CLONE, UNSUPPORTED), WAS(RANGE, SHORT), WAS(READ_WRITE, DONE)) },
	{ "done: not by a copy-up alone", "clone", FILES(), PAST(WAS(COPY_UP, DONE)) },
	{ "done: not by classifying and probing alone", "range", KNOWN(APART, YES),
	  PAST(WAS(CLONE, CROSS_DEVICE), WAS(CLASSIFY_PAIR, DONE), WAS(PROBE_CLONE, DONE)) },

	{ "exhausted: bytes were refused", "exhausted", FILES(),
	  PAST(WAS(READ_WRITE, UNSUITABLE)) },
	{ "exhausted: bytes ended early", "exhausted", FILES(), PAST(WAS(READ_WRITE, SHORT)) },
	{ "exhausted: also with a donor left", "exhausted", FILES(.donor_ready = true),
	  PAST(WAS(READ_WRITE, UNSUITABLE)) },

	{ "never: bytes are read and written at once", "never", FILES(), REFLINK(NEVER) },
	{ "never: of a stream too", "never", FACTS(.size = MIB), REFLINK(NEVER) },
	{ "never: no donor either", "never", FILES(.donor_ready = true), REFLINK(NEVER) },

	{ "never: comes before holes", "never", FILES(),
	  .opt = { .reflink = OVLCP_REFLINK_NEVER, .sparse = OVLCP_SPARSE_ALWAYS } },

	{ "holes: sparse=always reads the bytes, to find zeros", "holes", FILES(), SPARSE(ALWAYS) },
	{ "holes: also of a source that has holes", "holes", FILES(.sparse = true),
	  SPARSE(ALWAYS) },
	{ "holes: sparse=never fills those of the source", "holes", FILES(.sparse = true),
	  SPARSE(NEVER) },
	{ "holes: sparse=never reads the bytes also if none are known", "holes", FILES(),
	  SPARSE(NEVER) },
	{ "holes: sparse=auto shares them", "clone", FILES(.sparse = true) },
	{ "holes: an empty file has no room for any", "empty", FACTS(.regular = true),
	  SPARSE(ALWAYS) },
	{ "holes: a donor has others", "holes", FILES(.donor_ready = true), SPARSE(ALWAYS) },
	{ "holes: of a stream too", "holes", FACTS(.size = MIB), SPARSE(ALWAYS) },
	{ "holes: not twice", "exhausted", FILES(), PAST(WAS(READ_WRITE, UNSUITABLE)),
	  SPARSE(ALWAYS) },

	{ "no-clone-of-stream: sharing is required of a stream", "no-clone-of-stream",
	  FACTS(.destinations = 1), REFLINK(ALWAYS) },

	{ "stream: bytes are read and written at once", "stream", FACTS(.destinations = 1) },
	{ "stream: also if there is a donor", "stream", FACTS(.donor_ready = true) },

	{ "empty: bytes are read and written at once", "empty", FACTS(.regular = true) },
	{ "empty: not a donor", "empty", FACTS(.regular = true, .donor_ready = true) },
	{ "empty: one byte is not empty", "clone", FACTS(.regular = true, .size = 1) },
	{ "empty: where sharing is required a clone is tried", "clone", FACTS(.regular = true),
	  REFLINK(ALWAYS) },

	{ "donor: before the source itself", "donor", FILES(.donor_ready = true) },
	{ "donor: the next one after a refusal", "donor", FILES(.donor_ready = true),
	  PAST(WAS(CLONE_DONOR, UNSUITABLE)) },
	{ "donor: none left", "clone", FILES(), PAST(WAS(CLONE_DONOR, UNSUITABLE)) },
	{ "donor: of another pair than the one that cannot clone", "donor",
	  FILES(.donor_ready = true, .pair_cannot_clone = true) },

	{ "clone: first of all", "clone", FILES() },
	{ "clone: where sharing is required too", "clone", FILES(), REFLINK(ALWAYS) },
	{ "clone: not where the pair has shown that it cannot", "range",
	  FILES(.pair_cannot_clone = true) },
	{ "clone: again at each destination after a copy-up", "clone", KNOWN(SAME_OVERLAY, YES),
	  PAST(WAS(COPY_UP, DONE)) },

	{ "classify: after EXDEV", "classify", FILES(), EXDEV_SO_FAR },
	{ "classify: after a refusal of these two files", "classify", FILES(),
	  PAST(WAS(CLONE, UNSUITABLE)) },
	{ "classify: where sharing is required", "classify", FILES(), EXDEV_SO_FAR,
	  REFLINK(ALWAYS) },
	{ "classify: not where the filesystem does not support clones", "range", FILES(),
	  PAST(WAS(CLONE, UNSUPPORTED)) },
	{ "classify: not twice", "probe-clone", FILES(.relation = RELATION_UNCLEAR), EXDEV_SO_FAR },

	{ "probe-clone: after classifying", "probe-clone", FILES(.relation = RELATION_SAME_OVERLAY),
	  EXDEV_SO_FAR },
	{ "probe-clone: whatever the relation is, because of donors", "probe-clone",
	  FILES(.relation = RELATION_APART), EXDEV_SO_FAR },
	{ "probe-clone: not twice", "range", KNOWN(APART, NO), EXDEV_SO_FAR },
	{ "probe-clone: not before classifying", "classify", FILES(.dst_clones = ANSWER_YES),
	  EXDEV_SO_FAR },

	{ "range-clone: two overlays on a filesystem that clones", "range-clone",
	  KNOWN(TWO_OVERLAYS, YES), EXDEV_SO_FAR },
	{ "range-clone: where sharing is required", "range-clone", KNOWN(TWO_OVERLAYS, YES),
	  EXDEV_SO_FAR, REFLINK(ALWAYS) },
	{ "range-clone: not where the destination cannot clone", "range", KNOWN(TWO_OVERLAYS, NO),
	  EXDEV_SO_FAR },
	{ "range-clone: not in one overlay", "copy-up", KNOWN(SAME_OVERLAY, YES), EXDEV_SO_FAR },
	{ "range-clone: not without overlays", "range", KNOWN(APART, YES), EXDEV_SO_FAR },
	{ "range-clone: not where two overlays may be one", "range", KNOWN(UNCLEAR, YES),
	  EXDEV_SO_FAR },
	{ "range-clone: not unless it was EXDEV", "range", KNOWN(TWO_OVERLAYS, YES),
	  PAST(WAS(CLONE, UNSUITABLE)) },
	{ "range-clone: not twice", "read-write", KNOWN(TWO_OVERLAYS, YES),
	  PAST(WAS(CLONE, CROSS_DEVICE), WAS(RANGE, SHORT)) },
	{ "range-clone: not twice where sharing is required", "cannot-clone",
	  KNOWN(TWO_OVERLAYS, YES), PAST(WAS(CLONE, CROSS_DEVICE), WAS(RANGE, CROSS_DEVICE)),
	  REFLINK(ALWAYS) },

	{ "copy-up: one overlay, EXDEV, and a clone would follow", "copy-up",
	  KNOWN(SAME_OVERLAY, YES), EXDEV_SO_FAR },
	{ "copy-up: where sharing is required", "copy-up", KNOWN(SAME_OVERLAY, YES), EXDEV_SO_FAR,
	  REFLINK(ALWAYS) },
	{ "copy-up: not where the upper layer cannot clone", "read-write", KNOWN(SAME_OVERLAY, NO),
	  EXDEV_SO_FAR },
	{ "copy-up: not unless it was EXDEV", "range", KNOWN(SAME_OVERLAY, YES),
	  PAST(WAS(CLONE, UNSUITABLE)) },
	{ "copy-up: not where one overlay may be two", "range", KNOWN(UNCLEAR, YES), EXDEV_SO_FAR },
	{ "copy-up: not without an overlay", "cannot-clone", KNOWN(APART, YES), EXDEV_SO_FAR,
	  REFLINK(ALWAYS) },
	{ "copy-up: not where it is forbidden", "read-write", KNOWN(SAME_OVERLAY, YES),
	  EXDEV_SO_FAR, COPY_UP(NEVER) },
	{ "copy-up: not where it does harm", "read-write",
	  KNOWN(SAME_OVERLAY, YES, .copy_up_harm = OVLCP_REASON_LOWER_LINKS), EXDEV_SO_FAR,
	  COPY_UP(ALWAYS) },
	{ "copy-up: not of a file too small", "read-write", KNOWN(SAME_OVERLAY, YES), EXDEV_SO_FAR,
	  .opt = { .copy_up_min = MIB + 1 } },
	{ "copy-up: not of a file of a tree", "read-write",
	  KNOWN(SAME_OVERLAY, YES, .in_tree = true), EXDEV_SO_FAR },
	{ "copy-up: of a file of a tree where sharing is required", "copy-up",
	  KNOWN(SAME_OVERLAY, YES, .in_tree = true), EXDEV_SO_FAR, REFLINK(ALWAYS) },
	{ "copy-up: of a file of a tree where copy-ups are wanted", "copy-up",
	  KNOWN(SAME_OVERLAY, YES, .in_tree = true), EXDEV_SO_FAR, COPY_UP(ALWAYS) },
	{ "copy-up: not twice", "read-write", KNOWN(SAME_OVERLAY, YES),
	  PAST(WAS(CLONE, CROSS_DEVICE), WAS(COPY_UP, UNSUITABLE)) },
	{ "copy-up: not twice where sharing is required", "cannot-clone", KNOWN(SAME_OVERLAY, YES),
	  PAST(WAS(CLONE, CROSS_DEVICE), WAS(COPY_UP, UNSUITABLE)), REFLINK(ALWAYS) },

	{ "range-donor: on fuse-overlayfs", "range-donor",
	  FUSE(.donor_ready = true, .dst_on_fuse_overlay = true), FUSE_SO_FAR },
	{ "range-donor: none left", "range", FUSE(.dst_on_fuse_overlay = true), FUSE_SO_FAR,
	  COPY_UP(NEVER) },
	{ "sample-range: of a file that is worth a copy-up", "sample-range", FUSE(), FUSE_SO_FAR },
	{ "sample-range: where sharing is required", "sample-range", FUSE(), FUSE_SO_FAR,
	  REQUIRE(SHARE) },
	{ "sample-range: not if a clone is required", "cannot-clone", FUSE(), FUSE_SO_FAR,
	  REQUIRE(CLONE) },
	{ "sample-range: nor under reflink=always", "cannot-clone", FUSE(), FUSE_SO_FAR,
	  REFLINK(ALWAYS) },
	{ "sample-range: not where nothing is to be copied up", "range", FUSE(), FUSE_SO_FAR,
	  COPY_UP(NEVER) },
	{ "sample-range: not of a smaller file", "range", FUSE(.hole_bytes = 1), FUSE_SO_FAR },
	{ "sample-range: not in a fan-out, which has donors", "range",
	  FACTS(.regular = true, .size = PLAN_COPY_UP_MIN_FUSE, .destinations = 2, .on_fuse = true,
		.pair_cannot_clone = true, .relation = RELATION_SAME_FUSE_OVERLAY,
		.dst_clones = ANSWER_NO),
	  FUSE_SO_FAR },
	{ "sample-range: not of a file with hard links", "range",
	  FUSE(.copy_up_harm = OVLCP_REASON_LOWER_LINKS), FUSE_SO_FAR, COPY_UP(ALWAYS) },
	{ "sample-range: not where the pair has shown that it is of no use", "range",
	  FUSE(.dst_range_shares = ANSWER_NO), FUSE_SO_FAR },
	{ "copy-up-range: the upper layer shares, and not this file", "copy-up-range",
	  FUSE(.dst_range_shares = ANSWER_YES, .src_range_shares = ANSWER_NO), FUSE_SAMPLED },
	{ "copy-up-range: not where it shares already", "range",
	  FUSE(.dst_range_shares = ANSWER_YES, .src_range_shares = ANSWER_YES), FUSE_SAMPLED },
	{ "copy-up-range: not where nothing is shared", "range",
	  FUSE(.dst_range_shares = ANSWER_NO, .src_range_shares = ANSWER_NO), FUSE_SAMPLED },
	{ "copy-up-range: then copy_file_range, no clone", "range",
	  FUSE(.dst_range_shares = ANSWER_YES),
	  PAST(WAS(CLONE, UNSUPPORTED), WAS(SAMPLE_RANGE, DONE), WAS(COPY_UP, DONE)) },
	{ "copy-up-range: also where sharing is required", "range-share",
	  FUSE(.dst_range_shares = ANSWER_YES),
	  PAST(WAS(CLONE, UNSUPPORTED), WAS(SAMPLE_RANGE, DONE), WAS(COPY_UP, DONE)),
	  REQUIRE(SHARE) },
	{ "sample-range: in an overlay, where a filter denies FICLONE", "sample-range",
	  .f = FILTERED(.relation = RELATION_SAME_OVERLAY), PAST(WAS(CLONE, UNSUITABLE)) },
	{ "sample-range: not between two", "range",
	  .f = FILTERED(.relation = RELATION_TWO_OVERLAYS), PAST(WAS(CLONE, UNSUITABLE)) },
	{ "copy-up-range: in an overlay, where a filter denies FICLONE", "copy-up-range",
	  .f = FILTERED(.relation = RELATION_SAME_OVERLAY, .dst_range_shares = ANSWER_YES),
	  PAST(WAS(CLONE, UNSUITABLE)) },
	{ "range-donor: where a filter denies FICLONE", "range-donor",
	  .f = FILTERED(.donor_ready = true) },
	{ "classify: where a filter says that there is no FICLONE", "classify",
	  FILES(.clone_filtered = true), PAST(WAS(CLONE, UNSUPPORTED)) },
	{ "tee: not where a filter denies FICLONE", "range",
	  FANNED(MIB, .pair_cannot_clone = true, .clone_filtered = true, .relation = RELATION_APART,
		 .dst_clones = ANSWER_NO) },
	{ "clone-upper: after the copy-up", "clone-upper", KNOWN(SAME_OVERLAY, YES),
	  PAST(WAS(CLONE, CROSS_DEVICE), WAS(COPY_UP, DONE)) },
	{ "clone-upper: where sharing is required", "clone-upper", KNOWN(SAME_OVERLAY, YES),
	  PAST(WAS(CLONE, CROSS_DEVICE), WAS(COPY_UP, DONE)), REFLINK(ALWAYS) },
	{ "clone-upper: not out of the overlay, for which another destination had it copied up",
	  "range", KNOWN(APART, YES), PAST(WAS(CLONE, CROSS_DEVICE), WAS(COPY_UP, DONE)) },
	{ "clone-upper: not twice", "range", KNOWN(SAME_OVERLAY, YES),
	  PAST(WAS(CLONE, CROSS_DEVICE), WAS(COPY_UP, DONE), WAS(CLONE_UPPER, CROSS_DEVICE)) },
	{ "clone-upper: not twice where sharing is required", "cannot-clone",
	  KNOWN(SAME_OVERLAY, YES),
	  PAST(WAS(CLONE, CROSS_DEVICE), WAS(COPY_UP, DONE), WAS(CLONE_UPPER, UNSUITABLE)),
	  REFLINK(ALWAYS) },

	{ "match-flag: a clone is required, and refused with EINVAL", "match-flag",
	  FILES(.has_checksums = true), FLAG_DIFFERS, REFLINK(ALWAYS) },
	{ "match-flag: not on a filesystem without checksums", "classify", FILES(), FLAG_DIFFERS,
	  REFLINK(ALWAYS) },
	{ "match-flag: likewise after a copy-up", "match-flag",
	  KNOWN(SAME_OVERLAY, YES, .has_checksums = true),
	  .past = { .outcome = { WAS(CLONE, CROSS_DEVICE), WAS(COPY_UP, DONE),
				 WAS(CLONE_UPPER, UNSUITABLE) },
		    .error = { [PLAN_CLONE_UPPER] = EINVAL } },
	  REQUIRE(CLONE) },
	{ "match-flag: not where bytes will do", "classify", FILES(.has_checksums = true),
	  FLAG_DIFFERS },
	{ "match-flag: not for another error", "classify", FILES(), PAST(WAS(CLONE, UNSUITABLE)),
	  REFLINK(ALWAYS) },
	{ "clone-matched: after the flag was matched", "clone-matched", FILES(),
	  PAST(WAS(CLONE, UNSUITABLE), WAS(MATCH_FLAG, DONE)), REFLINK(ALWAYS) },
	{ "clone-matched: not where it could not be", "cannot-clone", KNOWN(APART, YES),
	  PAST(WAS(CLONE, UNSUITABLE), WAS(MATCH_FLAG, UNSUITABLE)), REFLINK(ALWAYS) },
	{ "clone-matched: not twice", "cannot-clone", KNOWN(APART, YES),
	  PAST(WAS(CLONE, UNSUITABLE), WAS(MATCH_FLAG, DONE), WAS(CLONE_MATCHED, UNSUITABLE)),
	  REFLINK(ALWAYS) },

	{ "seek-layer: out of an overlay, to a filesystem that clones", "seek-layer",
	  KNOWN(APART, YES, .leaves_overlay = true), EXDEV_SO_FAR },
	{ "seek-layer: not to one that cannot", "range", KNOWN(APART, NO, .leaves_overlay = true),
	  EXDEV_SO_FAR },
	{ "seek-layer: not where it is forbidden", "range",
	  KNOWN(APART, YES, .leaves_overlay = true), EXDEV_SO_FAR,
	  .opt = { .flags = OVLCP_NO_LAYER_BYPASS } },
	{ "seek-layer: not for a small file", "range",
	  FACTS(.regular = true, .size = PLAN_SMALL, .destinations = 1, .relation = RELATION_APART,
		.dst_clones = ANSWER_YES, .leaves_overlay = true),
	  EXDEV_SO_FAR },
	{ "seek-layer: not in a tree where an earlier search failed", "range",
	  KNOWN(APART, YES, .leaves_overlay = true, .in_tree = true, .pair_hides_layers = true),
	  EXDEV_SO_FAR },
	{ "seek-layer: even then for a big file", "seek-layer",
	  FACTS(.regular = true, .size = PLAN_SEEK_LAYER_AGAIN_MIN,
		.allocated = PLAN_SEEK_LAYER_AGAIN_MIN, .destinations = 1,
		.relation = RELATION_APART, .dst_clones = ANSWER_YES, .leaves_overlay = true,
		.in_tree = true, .pair_hides_layers = true),
	  EXDEV_SO_FAR },
	{ "seek-layer: even then where sharing is required", "seek-layer",
	  KNOWN(APART, YES, .leaves_overlay = true, .in_tree = true, .pair_hides_layers = true),
	  EXDEV_SO_FAR, REFLINK(ALWAYS) },
	{ "seek-layer: not twice", "range", KNOWN(APART, YES, .leaves_overlay = true),
	  PAST(WAS(CLONE, CROSS_DEVICE), WAS(SEEK_LAYER, UNSUITABLE)) },
	{ "clone-layer: it was found", "clone-layer", KNOWN(APART, YES, .leaves_overlay = true),
	  PAST(WAS(CLONE, CROSS_DEVICE), WAS(SEEK_LAYER, DONE)) },
	{ "clone-layer: not twice", "cannot-clone", KNOWN(APART, YES, .leaves_overlay = true),
	  PAST(WAS(CLONE, CROSS_DEVICE), WAS(SEEK_LAYER, DONE), WAS(CLONE_LAYER, CROSS_DEVICE)),
	  REQUIRE(CLONE) },

	{ "range-share: require=share accepts copy_file_range", "range-share", KNOWN(APART, NO),
	  PAST(WAS(CLONE, UNSUPPORTED)), REQUIRE(SHARE) },
	{ "range-share: not twice", "cannot-clone", KNOWN(APART, NO),
	  PAST(WAS(CLONE, UNSUPPORTED), WAS(RANGE, CROSS_DEVICE)), REQUIRE(SHARE) },
	{ "range-share: not under require=clone", "cannot-clone", KNOWN(TWO_OVERLAYS, YES),
	  EXDEV_SO_FAR, REQUIRE(CLONE) },
	{ "require: an empty file has nothing to share", "empty", FACTS(.regular = true),
	  REQUIRE(CLONE) },
	{ "require: a stream cannot share", "no-clone-of-stream", FACTS(.size = MIB),
	  REQUIRE(SHARE) },
	{ "require: a small file of a tree is copied up", "copy-up",
	  .f = { .regular = true,
		 .size = 1,
		 .destinations = 1,
		 .in_tree = true,
		 .relation = RELATION_SAME_OVERLAY,
		 .dst_clones = ANSWER_YES },
	  EXDEV_SO_FAR, REQUIRE(SHARE) },

	{ "cannot-clone: sharing is required of two filesystems", "cannot-clone", KNOWN(APART, YES),
	  EXDEV_SO_FAR, REFLINK(ALWAYS) },
	{ "cannot-clone: the filesystem does not support clones", "cannot-clone", FILES(),
	  PAST(WAS(CLONE, UNSUPPORTED)), REFLINK(ALWAYS) },
	{ "cannot-clone: the pair has shown that it cannot", "cannot-clone",
	  FILES(.pair_cannot_clone = true), REFLINK(ALWAYS) },

	{ "range-slower: copy_file_range would only copy", "range-slower",
	  COPIES(PLAN_RANGE_SLOWER_MIN) },
	{ "range-slower: not of a smaller one", "range", COPIES(PLAN_RANGE_SLOWER_MIN - 1) },
	{ "range-slower: not of as little data between holes", "range",
	  FACTS(.regular = true, .size = UINT64_C(1) << 40, .allocated = PLAN_RANGE_SLOWER_MIN - 1,
		.sparse = true, .destinations = 1, .range_copies = true,
		.pair_cannot_clone = true) },
	{ "range-slower: not where copy_file_range may share or a server copies", "range",
	  FACTS(.regular = true, .size = PLAN_RANGE_SLOWER_MIN, .allocated = PLAN_RANGE_SLOWER_MIN,
		.destinations = 1, .pair_cannot_clone = true) },
	{ "range-slower: not where the destination clones", "range",
	  FACTS(.regular = true, .size = PLAN_RANGE_SLOWER_MIN, .allocated = PLAN_RANGE_SLOWER_MIN,
		.destinations = 1, .range_copies = true, .relation = RELATION_APART,
		.dst_clones = ANSWER_YES),
	  EXDEV_SO_FAR },
	{ "range-slower: not where copy_file_range is refused", "read-write",
	  COPIES(PLAN_RANGE_SLOWER_MIN, .pair_refuses_range = true) },
	{ "range-slower: a fan-out reads once for all", "tee",
	  FANNED(PLAN_RANGE_SLOWER_MIN, .pair_cannot_clone = true) },

	{ "small-cross-device: a small file of a tree, after siblings were refused",
	  "small-cross-device", SIBLING(PLAN_SMALL, 1) },
	{ "small-cross-device: not a larger one", "clone", SIBLING(PLAN_SMALL + 1, 1) },
	{ "small-cross-device: in a fan-out, if it is no donor either", "small-cross-device",
	  SIBLING(PLAN_SMALL, 2) },
	{ "small-cross-device: not in a fan-out that looks for a donor", "clone",
	  SIBLING(PLAN_UNSHARED_MAX / 9 + 1, 10) },
	{ "small-cross-device: not where sharing is required", "clone", SIBLING(1, 1),
	  REQUIRE(SHARE) },
	{ "small-cross-device: not where copy-ups are wanted", "clone", SIBLING(1, 1),
	  COPY_UP(ALWAYS) },
	{ "small-cross-device: not a file that the caller named", "clone",
	  .f = { .regular = true, .size = 1, .destinations = 1, .siblings_cross_device = true } },

	{ "recall: bytes would be written, to a filesystem that can clone", "recall",
	  KNOWN(APART, YES, .remembers = true), EXDEV_SO_FAR },
	{ "recall: comes before a copy-up", "recall", KNOWN(SAME_OVERLAY, YES, .remembers = true),
	  EXDEV_SO_FAR, COPY_UP(ALWAYS) },
	{ "recall: also where the clone was refused for another reason", "recall",
	  KNOWN(APART, YES, .remembers = true), PAST(WAS(CLONE, UNSUITABLE)) },
	{ "recall: also where sharing is required", "recall", KNOWN(APART, YES, .remembers = true),
	  EXDEV_SO_FAR, REFLINK(ALWAYS) },
	{ "recall: not to a filesystem that cannot", "range", KNOWN(APART, NO, .remembers = true),
	  EXDEV_SO_FAR },
	{ "recall: not where nothing is remembered", "range", KNOWN(APART, YES), EXDEV_SO_FAR },
	{ "recall: not twice", "range", KNOWN(APART, YES, .remembers = true),
	  PAST(WAS(CLONE, CROSS_DEVICE), WAS(RECALL, UNSUITABLE)) },
	{ "recall-small: instead of bytes", "recall-small",
	  FACTS(.regular = true, .size = 1, .destinations = 1, .in_tree = true,
		.siblings_cross_device = true, .remembers = true) },
	{ "recall-small: bytes if there is no copy", "small-cross-device",
	  FACTS(.regular = true, .size = 1, .destinations = 1, .in_tree = true,
		.siblings_cross_device = true, .remembers = true),
	  PAST(WAS(RECALL, UNSUITABLE)) },
	{ "clone-remembered: a copy was found", "clone-remembered",
	  KNOWN(APART, YES, .remembers = true), PAST(WAS(CLONE, CROSS_DEVICE), WAS(RECALL, DONE)) },
	{ "clone-remembered: not twice", "range", KNOWN(APART, YES, .remembers = true),
	  PAST(WAS(CLONE, CROSS_DEVICE), WAS(RECALL, DONE), WAS(CLONE_REMEMBERED, UNSUITABLE)) },
	{ "done: the clone of an earlier call's copy was made", "done", FILES(.remembers = true),
	  PAST(WAS(RECALL, DONE), WAS(CLONE_REMEMBERED, DONE)) },

	{ "tee: several destinations where copy_file_range only copies", "tee",
	  FANNED(PLAN_TEE_MIN, .pair_cannot_clone = true) },
	{ "tee: also after a refusal", "tee",
	  FANNED(MIB, .relation = RELATION_APART, .dst_clones = ANSWER_NO), EXDEV_SO_FAR },
	{ "tee: a clone is tried first", "clone", FANNED(MIB) },
	{ "tee: a donor comes first", "donor", FANNED(MIB, .donor_ready = true) },
	{ "tee: not for one destination", "range",
	  FILES(.pair_cannot_clone = true, .range_copies = true) },
	{ "tee: not for a small file", "range",
	  FANNED(PLAN_TEE_MIN - 1, .pair_cannot_clone = true) },
	{ "tee: not where a server may copy", "range",
	  FACTS(.regular = true, .size = MIB, .destinations = 2, .pair_cannot_clone = true) },
	{ "tee: not where copy_file_range may share", "range",
	  FANNED(MIB, .relation = RELATION_APART, .dst_clones = ANSWER_YES), EXDEV_SO_FAR },
	{ "tee: not where sharing is required", "cannot-clone",
	  FANNED(MIB, .pair_cannot_clone = true), REFLINK(ALWAYS) },
	{ "tee: bytes where copy_file_range is known to fail", "read-write",
	  FANNED(MIB, .relation = RELATION_APART, .dst_clones = ANSWER_NO,
		 .pair_refuses_range = true),
	  EXDEV_SO_FAR },
	{ "tee: not twice", "exhausted", FANNED(MIB, .pair_cannot_clone = true),
	  PAST(WAS(READ_WRITE, UNSUITABLE)) },

	{ "range: not out of a lower layer, where it is refused like a clone", "read-write",
	  KNOWN(SAME_OVERLAY, NO), EXDEV_SO_FAR },
	{ "range: not where the pair has refused it", "read-write",
	  KNOWN(APART, YES, .pair_refuses_range = true), EXDEV_SO_FAR },
	{ "range: after a copy-up it may work", "range", KNOWN(SAME_OVERLAY, YES),
	  PAST(WAS(CLONE, CROSS_DEVICE), WAS(COPY_UP, DONE), WAS(CLONE_UPPER, UNSUITABLE)) },
	{ "range: two filesystems", "range", KNOWN(APART, YES), EXDEV_SO_FAR },
	{ "range: not twice", "read-write", KNOWN(APART, YES),
	  PAST(WAS(CLONE, CROSS_DEVICE), WAS(RANGE, UNSUITABLE)) },

	{ "read-write: the range was refused", "read-write", FILES(),
	  PAST(WAS(CLONE, UNSUPPORTED), WAS(RANGE, UNSUPPORTED)) },
	{ "read-write: the range ended early", "read-write", FILES(),
	  PAST(WAS(CLONE, UNSUPPORTED), WAS(RANGE, SHORT)) },
};

static void test_row(void **state)
{
	const struct row_case *c = *state;
	struct plan_step step = plan_next(&c->f, &c->opt, &c->past);

	assert_string_equal(step.rule, c->row);
	assert_non_null(find_row(step.rule));
	assert_int_equal(step.method, find_row(step.rule)->method);
	assert_true(step.rule_text && *step.rule_text);
}

/* Which destinations become donors. */

struct donor_case {
	const char *name;
	struct facts f;
	struct ovlcp_options opt;
	bool is;
};

/* A small or large file of which others can clone the first copy. */
#define FIRST_OF(n, bytes, tree)                                                                   \
	FACTS(.regular = true, .size = (bytes), .destinations = (n), .in_tree = (tree),            \
	      .relation = RELATION_APART, .dst_clones = ANSWER_YES, .more_follow = true)

static const struct donor_case donor_cases[] = {
	{ "a destination becomes a donor where others follow and can clone it",
	  KNOWN(APART, YES, .more_follow = true), .is = true },
	{ "the last destination is no donor", KNOWN(APART, YES) },
	{ "no donor where the filesystem cannot clone", KNOWN(APART, NO, .more_follow = true) },
	{ "no donor where the filesystem was not probed", FILES(.more_follow = true) },
	{ "no donor of a stream", FACTS(.dst_clones = ANSWER_YES, .more_follow = true) },
	{ "no donor under reflink=never", KNOWN(APART, YES, .more_follow = true), REFLINK(NEVER) },
	{ "no donor under reflink=always, which wants the source's own data",
	  KNOWN(APART, YES, .more_follow = true), REFLINK(ALWAYS) },
	{ "no donor of a small file of a tree", FIRST_OF(2, PLAN_SMALL, true) },
	{ "but of a larger one", FIRST_OF(2, PLAN_SMALL + 1, true), .is = true },
	{ "no donor where few small copies follow", FIRST_OF(10, PLAN_UNSHARED_MAX / 9, true) },
	{ "but where they are many", FIRST_OF(10, PLAN_UNSHARED_MAX / 9 + 1, true), .is = true },
	{ "but of a small file that the caller named", FIRST_OF(2, 1, false), .is = true },
	{ "no donor where sharing is required", KNOWN(APART, YES, .more_follow = true),
	  REQUIRE(SHARE) },
};

static void test_donor(void **state)
{
	const struct donor_case *c = *state;

	assert_int_equal(plan_is_donor(&c->f, &c->opt), c->is);
}

/* For which destinations the source is read once, together with others. */

static const struct donor_case tee_cases[] = {
	{ "the source is read once for several destinations", FANNED(PLAN_TEE_MIN), .is = true },
	{ "also where holes or bytes are asked for", FANNED(MIB), REFLINK(NEVER), .is = true },
	{ "not for one", FILES() },
	{ "not if it is small", FANNED(PLAN_TEE_MIN - 1) },
	{ "not if it is a stream", FACTS(.size = MIB, .destinations = 2) },
	{ "not for one that others are cloned from",
	  FANNED(MIB, .more_follow = true, .dst_clones = ANSWER_YES) },
	{ "but for one that reflink=never forbids to clone", REFLINK(NEVER),
	  FANNED(MIB, .more_follow = true, .dst_clones = ANSWER_YES), .is = true },
};

static void test_tee(void **state)
{
	const struct donor_case *c = *state;

	assert_int_equal(plan_uses_tee(&c->f, &c->opt), c->is);
}

/* A copy in progress, or a random state. */
struct walk {
	struct facts f;
	struct ovlcp_options opt;
	struct plan_past past;
	unsigned int donors; /* left to try */
	unsigned int steps;
	bool made_up; /* a random state, which no copy may reach */
};

/* Steps that no copy needs more of. */
#define MOST_STEPS PLAN_METHODS

static bool was(const struct walk *w, enum plan_method method, enum plan_class class)
{
	return w->past.outcome[method] == class;
}

static bool any_terminal(const struct walk *w)
{
	for (int m = 0; m < PLAN_METHODS; m++)
		if (was(w, (enum plan_method)m, CLASS_TERMINAL))
			return true;
	return false;
}

static bool has_data(const struct walk *w)
{
	return was(w, PLAN_CLONE, CLASS_DONE) || was(w, PLAN_CLONE_DONOR, CLASS_DONE) ||
	       was(w, PLAN_CLONE_UPPER, CLASS_DONE) || was(w, PLAN_CLONE_MATCHED, CLASS_DONE) ||
	       was(w, PLAN_CLONE_LAYER, CLASS_DONE) || was(w, PLAN_CLONE_REMEMBERED, CLASS_DONE) ||
	       was(w, PLAN_RANGE, CLASS_DONE) || was(w, PLAN_RANGE_DONOR, CLASS_DONE) ||
	       was(w, PLAN_READ_WRITE, CLASS_DONE);
}

static bool is_end(enum plan_method m)
{
	return m == PLAN_DONE || m == PLAN_FAIL;
}

static bool row_is_known(const struct walk *w, const struct plan_step *s)
{
	const struct known_row *row = find_row(s->rule);

	(void)w;
	return row && row->method == s->method && s->rule_text && *s->rule_text;
}

static bool ends_soon(const struct walk *w, const struct plan_step *s)
{
	return w->made_up || is_end(s->method) || w->steps < MOST_STEPS;
}

static bool nothing_twice(const struct walk *w, const struct plan_step *s)
{
	return w->made_up || is_end(s->method) || s->method == PLAN_CLONE_DONOR ||
	       s->method == PLAN_RANGE_DONOR || was(w, s->method, CLASS_NOT_TRIED);
}

static bool never_only_bytes(const struct walk *w, const struct plan_step *s)
{
	return w->opt.reflink != OVLCP_REFLINK_NEVER || is_end(s->method) ||
	       s->method == PLAN_READ_WRITE;
}

static bool stream_only_bytes(const struct walk *w, const struct plan_step *s)
{
	return w->f.regular || is_end(s->method) || s->method == PLAN_READ_WRITE;
}

static bool other_holes_only_bytes(const struct walk *w, const struct plan_step *s)
{
	return !plan_wants_other_holes(&w->f, &w->opt) || is_end(s->method) ||
	       s->method == PLAN_READ_WRITE;
}

static bool always_no_bytes(const struct walk *w, const struct plan_step *s)
{
	return !plan_must_share(&w->opt) || s->method != PLAN_READ_WRITE ||
	       (w->f.size == 0 && w->opt.reflink != OVLCP_REFLINK_ALWAYS);
}

static bool only_clones_no_range(const struct walk *w, const struct plan_step *s)
{
	return w->opt.require != OVLCP_REQUIRE_CLONE || s->method != PLAN_RANGE;
}

static bool flag_changes_for_need(const struct walk *w, const struct plan_step *s)
{
	return s->method != PLAN_MATCH_FLAG || plan_must_share(&w->opt);
}

static bool no_forbidden_bypass(const struct walk *w, const struct plan_step *s)
{
	return s->method != PLAN_SEEK_LAYER ||
	       (w->f.leaves_overlay && w->f.dst_clones == ANSWER_YES &&
		!(w->opt.flags & OVLCP_NO_LAYER_BYPASS));
}

static bool always_range_may_clone(const struct walk *w, const struct plan_step *s)
{
	return w->opt.reflink != OVLCP_REFLINK_ALWAYS || w->opt.require == OVLCP_REQUIRE_SHARE ||
	       s->method != PLAN_RANGE ||
	       (w->f.relation == RELATION_TWO_OVERLAYS && w->f.dst_clones == ANSWER_YES &&
		was(w, PLAN_CLONE, CLASS_CROSS_DEVICE));
}

static bool shared_if_done(const struct walk *w, const struct plan_step *s)
{
	return w->made_up || !plan_must_share(&w->opt) || s->method != PLAN_DONE ||
	       was(w, PLAN_READ_WRITE, CLASS_DONE) ||
	       plan_reason(&w->f, &w->opt, &w->past) == OVLCP_REASON_NONE;
}

static bool no_forbidden_copy_up(const struct walk *w, const struct plan_step *s)
{
	return w->opt.copy_up != OVLCP_COPY_UP_NEVER || s->method != PLAN_COPY_UP;
}

static bool tree_is_not_copied_up(const struct walk *w, const struct plan_step *s)
{
	return !w->f.in_tree || w->opt.copy_up != OVLCP_COPY_UP_AUTO || plan_must_share(&w->opt) ||
	       s->method != PLAN_COPY_UP;
}

static bool copy_up_only_with_cause(const struct walk *w, const struct plan_step *s)
{
	const bool by_range = w->f.relation == RELATION_SAME_FUSE_OVERLAY ||
			      (w->f.relation == RELATION_SAME_OVERLAY && w->f.clone_filtered);
	const bool shares = by_range && w->f.dst_range_shares == ANSWER_YES &&
			    plan_copy_up_refusal(&w->f, &w->opt) == OVLCP_REASON_NONE;

	return s->method != PLAN_COPY_UP || shares ||
	       (was(w, PLAN_CLONE, CLASS_CROSS_DEVICE) && w->f.relation == RELATION_SAME_OVERLAY &&
		w->f.dst_clones == ANSWER_YES && w->f.copy_up_harm == OVLCP_REASON_NONE &&
		plan_copy_up_refusal(&w->f, &w->opt) == OVLCP_REASON_NONE);
}

static bool upper_only_after_copy_up(const struct walk *w, const struct plan_step *s)
{
	return s->method != PLAN_CLONE_UPPER || was(w, PLAN_COPY_UP, CLASS_DONE);
}

static bool terminal_fails_at_once(const struct walk *w, const struct plan_step *s)
{
	return !any_terminal(w) || s->method == PLAN_FAIL;
}

static bool done_is_done(const struct walk *w, const struct plan_step *s)
{
	return (s->method == PLAN_DONE) == (has_data(w) && !any_terminal(w));
}

static bool learned_is_used(const struct walk *w, const struct plan_step *s)
{
	return !w->f.pair_cannot_clone || s->method != PLAN_CLONE;
}

static bool probes_have_a_cause(const struct walk *w, const struct plan_step *s)
{
	return (s->method != PLAN_CLASSIFY_PAIR && s->method != PLAN_PROBE_CLONE) ||
	       was(w, PLAN_CLONE, CLASS_CROSS_DEVICE) || was(w, PLAN_CLONE, CLASS_UNSUITABLE) ||
	       w->f.on_fuse || w->f.clone_filtered;
}

static bool gives_up_last(const struct walk *w, const struct plan_step *s)
{
	return s->method != PLAN_FAIL || plan_must_share(&w->opt) || any_terminal(w) ||
	       !was(w, PLAN_READ_WRITE, CLASS_NOT_TRIED);
}

static bool donor_is_ready(const struct walk *w, const struct plan_step *s)
{
	return (s->method != PLAN_CLONE_DONOR && s->method != PLAN_RANGE_DONOR) || w->f.donor_ready;
}

static bool only_found_is_cloned(const struct walk *w, const struct plan_step *s)
{
	return s->method != PLAN_CLONE_REMEMBERED || was(w, PLAN_RECALL, CLASS_DONE);
}

static bool forgets_by_default(const struct walk *w, const struct plan_step *s)
{
	return s->method != PLAN_RECALL || w->f.remembers;
}

struct property {
	const char *name;
	bool (*holds)(const struct walk *w, const struct plan_step *s);
};

static const struct property properties[] = {
	{ "always: every step is that of a known row", row_is_known },
	{ "always: the end comes within as many steps as there are methods", ends_soon },
	{ "always: no step is taken twice, but for clones of donors", nothing_twice },
	{ "always: under reflink=never bytes are read and written, and nothing else",
	  never_only_bytes },
	{ "always: of streams bytes are read and written, and nothing else", stream_only_bytes },
	{ "always: for other holes bytes are read and written, and nothing else",
	  other_holes_only_bytes },
	{ "always: where sharing is required no bytes are read and written", always_no_bytes },
	{ "always: under require=clone copy_file_range is not used", only_clones_no_range },
	{ "always: a flag is changed only where sharing is required", flag_changes_for_need },
	{ "always: a layer is searched only if the copy leaves an overlay and allows it",
	  no_forbidden_bypass },
	{ "always: under reflink=always copy_file_range is used only where it may clone",
	  always_range_may_clone },
	{ "always: where sharing is required a success has no reason for not sharing",
	  shared_if_done },
	{ "always: under copy-up=never nothing is copied up", no_forbidden_copy_up },
	{ "always: a file of a tree is not copied up, unless copy-ups are wanted or sharing "
	  "is required",
	  tree_is_not_copied_up },
	{ "always: a copy-up follows EXDEV in one overlay that clones, and does no harm",
	  copy_up_only_with_cause },
	{ "always: a clone from the upper layer follows a copy-up", upper_only_after_copy_up },
	{ "always: a terminal error ends the copy at once", terminal_fails_at_once },
	{ "always: the copy is done when the data is complete, not earlier, not later",
	  done_is_done },
	{ "always: no clone is tried if the pair is known not to clone", learned_is_used },
	{ "always: nothing is classified or probed unless a clone was refused",
	  probes_have_a_cause },
	{ "always: a copy that may write bytes fails only after read and write failed",
	  gives_up_last },
	{ "always: a donor is ready when it is cloned", donor_is_ready },
	{ "always: a copy of an earlier call is found before it is cloned", only_found_is_cloned },
	{ "always: none is looked for where nothing is remembered", forgets_by_default },
};

/* Results of the walks. */
static struct {
	const char *broken_by[ROWS(properties)]; /* a row */
	struct walk example[ROWS(properties)];
	bool reached[ROWS(known_rows)];
} seen;

static void observe(const struct walk *w, const struct plan_step *s)
{
	const struct known_row *row = find_row(s->rule);

	if (row)
		seen.reached[row - known_rows] = true;
	for (size_t i = 0; i < ROWS(properties); i++) {
		if (seen.broken_by[i] || properties[i].holds(w, s))
			continue;
		seen.broken_by[i] = s->rule;
		seen.example[i] = *w;
	}
}

/* The outcomes that a step can have. */

static const struct {
	enum overlay_relation relation;
	enum ovlcp_reason harm;
	bool leaves_overlay;
} views[] = {
	{ RELATION_APART, OVLCP_REASON_NONE, false },
	{ RELATION_APART, OVLCP_REASON_NONE, true },
	{ RELATION_SAME_OVERLAY, OVLCP_REASON_NONE, false },
	{ RELATION_SAME_OVERLAY, OVLCP_REASON_LOWER_LINKS, false },
	{ RELATION_TWO_OVERLAYS, OVLCP_REASON_NONE, false },
	{ RELATION_UNCLEAR, OVLCP_REASON_NONE, false },
	{ RELATION_SAME_FUSE_OVERLAY, OVLCP_REASON_NONE, false },
};

static const enum answer answers[] = { ANSWER_NO, ANSWER_YES };

static const enum plan_class classes[] = {
	CLASS_DONE,	   CLASS_SHORT,	       CLASS_TERMINAL,
	CLASS_UNSUPPORTED, CLASS_CROSS_DEVICE, CLASS_UNSUITABLE,
};

static size_t outcomes(enum plan_method method)
{
	return method == PLAN_CLASSIFY_PAIR ? ROWS(views)
	       : method == PLAN_PROBE_CLONE ? ROWS(answers)
					    : ROWS(classes);
}

static void take_step(struct walk *w, enum plan_method method, size_t i)
{
	enum plan_class class = CLASS_DONE;

	if (method == PLAN_CLASSIFY_PAIR) {
		w->f.relation = views[i].relation;
		w->f.copy_up_harm = views[i].harm;
		w->f.leaves_overlay = views[i].leaves_overlay;
		w->f.dst_on_fuse_overlay = w->f.relation == RELATION_SAME_FUSE_OVERLAY;
	} else if (method == PLAN_PROBE_CLONE) {
		w->f.dst_clones = answers[i];
	} else {
		class = classes[i];
	}
	if (method == PLAN_SAMPLE_RANGE && class == CLASS_DONE)
		w->f.dst_range_shares = ANSWER_YES;
	if (method == PLAN_CLONE_DONOR || method == PLAN_RANGE_DONOR)
		w->f.donor_ready = --w->donors > 0;
	w->past.outcome[method] = class;
	w->past.error[method] = class == CLASS_DONE || class == CLASS_SHORT ? 0 : EINVAL;
	w->f.has_checksums = true; /* known once a clone was refused with EINVAL */
	w->steps++;
}

static void explore(const struct walk *w)
{
	struct plan_step step = plan_next(&w->f, &w->opt, &w->past);

	observe(w, &step);
	if (is_end(step.method) || w->steps >= MOST_STEPS)
		return;
	for (size_t i = 0; i < outcomes(step.method); i++) {
		struct walk next = *w;

		take_step(&next, step.method, i);
		explore(&next);
	}
}

/* The remainder of *@number by @n, which is taken out of it: digits of mixed bases. */
static size_t digit(size_t *number, size_t n)
{
	size_t d = *number % n;

	*number /= n;
	return d;
}

/* Combinations of options that the library refuses. */
static void refuse_contradictions(struct ovlcp_options *opt)
{
	if (opt->reflink == OVLCP_REFLINK_NEVER)
		opt->require = OVLCP_REQUIRE_ANY;
	if (plan_must_share(opt))
		opt->sparse = OVLCP_SPARSE_AUTO;
}

/* Beginning @number of a copy; false behind the last one. */
static bool begin(size_t number, struct walk *ret_w)
{
	static const uint64_t sizes[] = { 0, 1, PLAN_COPY_UP_MIN_SINGLE, PLAN_COPY_UP_MIN_FAN_OUT };
	/* the outcome at an earlier destination of a fan-out */
	static const enum plan_class copy_ups[] = { CLASS_NOT_TRIED, CLASS_DONE, CLASS_UNSUITABLE,
						    CLASS_TERMINAL };
	struct walk w = { 0 };

	w.opt.reflink = (enum ovlcp_reflink)digit(&number, 3);
	w.opt.copy_up = (enum ovlcp_copy_up)digit(&number, 3);
	w.past.outcome[PLAN_COPY_UP] = copy_ups[digit(&number, ROWS(copy_ups))];
	w.f.size = w.f.allocated = sizes[digit(&number, ROWS(sizes))];
	w.f.destinations = digit(&number, 2) + 1;
	w.f.regular = digit(&number, 2);
	w.f.pair_cannot_clone = digit(&number, 2);
	w.donors = (unsigned int)digit(&number, 2);
	w.f.on_fuse = w.f.pair_cannot_clone && digit(&number, 2);
	w.f.dst_on_fuse_overlay = w.f.on_fuse;
	w.f.in_tree = digit(&number, 2);
	w.f.siblings_cross_device = w.f.in_tree && digit(&number, 2);
	w.f.sparse = digit(&number, 2);
	w.opt.sparse = (enum ovlcp_sparse)digit(&number, 3);
	w.opt.require = (enum ovlcp_require)digit(&number, 3);
	w.opt.flags = digit(&number, 2) ? OVLCP_NO_LAYER_BYPASS : 0;
	refuse_contradictions(&w.opt);
	if (w.opt.reflink == OVLCP_REFLINK_NEVER ||
	    plan_must_share(&w.opt)) /* plan_is_donor takes none there */
		w.donors = 0;
	w.f.donor_ready = w.f.regular && w.donors > 0;
	/* one more step and one more clone lengthen every walk: so not at every beginning */
	w.f.remembers = (w.f.size == 1 || w.f.size == PLAN_COPY_UP_MIN_SINGLE) &&
			w.f.destinations == 1 && !w.f.sparse && w.opt.flags == 0 &&
			w.opt.copy_up == OVLCP_COPY_UP_AUTO &&
			w.past.outcome[PLAN_COPY_UP] == CLASS_NOT_TRIED;
	w.f.range_copies = w.f.size == PLAN_SPLIT_MIN && w.f.destinations == 1 && !w.f.sparse &&
			   w.opt.flags == 0 && w.opt.copy_up == OVLCP_COPY_UP_AUTO;
	*ret_w = w;
	return number == 0;
}

/* Numbers that look random and are the same in every run (xorshift). */
static size_t draw(uint64_t *seed, size_t n)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return (size_t)((*seed >> 16) % n);
}

static void make_up(uint64_t *seed, struct walk *ret_w)
{
	static const uint64_t sizes[] = { 0, 1, MIB, 16 * MIB, UINT64_MAX };
	static const enum ovlcp_reason harms[] = { OVLCP_REASON_NONE, OVLCP_REASON_LOWER_TIMES };
	struct walk w = { .made_up = true };

	w.opt.reflink = (enum ovlcp_reflink)draw(seed, 3);
	w.opt.copy_up = (enum ovlcp_copy_up)draw(seed, 3);
	w.opt.copy_up_min = sizes[draw(seed, ROWS(sizes))];
	w.f.size = w.f.allocated = sizes[draw(seed, ROWS(sizes))];
	w.f.destinations = draw(seed, 3);
	w.f.regular = draw(seed, 4);
	w.f.in_tree = draw(seed, 2);
	w.f.siblings_cross_device = draw(seed, 2);
	w.f.pair_refuses_range = draw(seed, 2);
	w.f.remembers = draw(seed, 2);
	w.f.range_copies = draw(seed, 2);
	w.f.sparse = draw(seed, 2);
	w.opt.sparse = (enum ovlcp_sparse)draw(seed, 3);
	w.opt.require = (enum ovlcp_require)draw(seed, 3);
	w.opt.flags = draw(seed, 2) ? OVLCP_NO_LAYER_BYPASS : 0;
	refuse_contradictions(&w.opt);
	w.f.leaves_overlay = draw(seed, 2);
	w.f.donor_ready = draw(seed, 2);
	w.f.pair_cannot_clone = draw(seed, 2);
	w.f.relation = (enum overlay_relation)draw(seed, 6);
	w.f.on_fuse = draw(seed, 8) == 0;
	w.f.clone_filtered = draw(seed, 8) == 0;
	w.f.dst_on_fuse_overlay = draw(seed, 8) == 0;
	w.f.dst_range_shares = (enum answer)draw(seed, 3);
	w.f.dst_clones = (enum answer)draw(seed, 3);
	w.f.copy_up_harm = harms[draw(seed, ROWS(harms))];
	for (int m = 0; m < PLAN_METHODS; m++)
		if (draw(seed, 2))
			w.past.outcome[m] = (enum plan_class)draw(seed, CLASS_UNSUITABLE + 1);
	*ret_w = w;
}

static int walk_all(void **state)
{
	uint64_t seed = UINT64_C(0x9e3779b97f4a7c15);
	struct walk w;

	(void)state;
	for (size_t i = 0; begin(i, &w); i++)
		explore(&w);
	for (int i = 0; i < 400000; i++) {
		struct plan_step step;

		make_up(&seed, &w);
		step = plan_next(&w.f, &w.opt, &w.past);
		observe(&w, &step);
	}
	return 0;
}

static void test_property(void **state)
{
	const struct property *p = *state;
	size_t i = (size_t)(p - properties);
	const struct walk *w = &seen.example[i];

	if (!seen.broken_by[i])
		return;
	print_message("# broken by row \"%s\": reflink %d, copy-up %d, regular %d, size %ju, "
		      "destinations %zu, relation %d, clones %d, reason %s\n",
		      seen.broken_by[i], w->opt.reflink, w->opt.copy_up, w->f.regular,
		      (uintmax_t)w->f.size, w->f.destinations, w->f.relation, w->f.dst_clones,
		      ovlcp_reason_name(plan_reason(&w->f, &w->opt, &w->past)));
	for (int m = 0; m < PLAN_METHODS; m++)
		print_message("# outcome of method %d: %d\n", m, w->past.outcome[m]);
	fail();
}

static bool has_case(const struct known_row *row)
{
	for (size_t i = 0; i < ROWS(row_cases); i++)
		if (strcmp(row_cases[i].row, row->id) == 0)
			return true;
	return false;
}

static void test_every_row_has_a_case(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS(known_rows); i++)
		if (!has_case(&known_rows[i]))
			fail_msg("no case for row \"%s\"", known_rows[i].id);
}

static void test_every_row_is_reached(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS(known_rows); i++)
		if (!seen.reached[i])
			fail_msg("nothing leads to row \"%s\"", known_rows[i].id);
}

int main(void)
{
	struct CMUnitTest
		tests[ROWS(row_cases) + ROWS(donor_cases) + ROWS(tee_cases) + ROWS(properties) + 2];
	struct CMUnitTest *end = tests;

	end = CASES(end, row_cases, test_row);
	end = CASES(end, donor_cases, test_donor);
	end = CASES(end, tee_cases, test_tee);
	end = CASES(end, properties, test_property);
	*end++ = (struct CMUnitTest)cmocka_unit_test(test_every_row_has_a_case);
	*end++ = (struct CMUnitTest)cmocka_unit_test(test_every_row_is_reached);
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("plan", tests, walk_all, NULL);
}
