/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Why data is not shared (lib/plan/reason.c): a case for each reason, and the order of the causes.
 */
#include "cases.h"

#include "plan/copyup.h"
#include "plan/reason.h"

#include <errno.h>

#define MIB (UINT64_C(1) << 20)

struct reason_case {
	const char *name;
	enum ovlcp_reason reason;
	struct facts f;
	struct plan_past past;
	struct ovlcp_options opt;
};

#define FACTS(...) .f = { __VA_ARGS__ }
#define FILES(...) FACTS(.regular = true, .size = MIB, .destinations = 1, __VA_ARGS__)
#define LOWER(...) FILES(.relation = RELATION_SAME_OVERLAY, .dst_clones = ANSWER_YES, __VA_ARGS__)

#define LEAVES(bytes, clones)                                                                      \
	FACTS(.regular = true, .destinations = 1, .relation = RELATION_APART,                      \
	      .leaves_overlay = true, .size = (bytes), .dst_clones = ANSWER_##clones)

/* The outcome of a clone; of a copy-up after EXDEV; of a clone after that. */
#define PAST(...)    .past = { __VA_ARGS__ }
#define CLONE(as, e) PAST(.outcome = { [PLAN_CLONE] = CLASS_##as }, .error = { [PLAN_CLONE] = (e) })
#define CROSS_DEVICE CLONE(CROSS_DEVICE, EXDEV)
#define COPY_UP(e)                                                                                 \
	PAST(.outcome = { [PLAN_CLONE] = CLASS_CROSS_DEVICE, [PLAN_COPY_UP] = CLASS_UNSUITABLE },  \
	     .error = { [PLAN_CLONE] = EXDEV, [PLAN_COPY_UP] = (e) })
#define UPPER(as, e)                                                                               \
	PAST(.outcome = { [PLAN_CLONE] = CLASS_CROSS_DEVICE,                                       \
			  [PLAN_COPY_UP] = CLASS_DONE,                                             \
			  [PLAN_CLONE_UPPER] = CLASS_##as },                                       \
	     .error = { [PLAN_CLONE] = EXDEV, [PLAN_CLONE_UPPER] = (e) })

static const struct reason_case reason_cases[] = {
	{ "a clone shares", OVLCP_REASON_NONE, FILES(), CLONE(DONE, 0) },
	{ "a clone after a copy-up shares", OVLCP_REASON_NONE, LOWER(), UPPER(DONE, 0) },
	{ "a clone of a donor was never refused", OVLCP_REASON_NONE, FILES(.donor_ready = true),
	  PAST(.outcome = { [PLAN_CLONE_DONOR] = CLASS_DONE }) },
	{ "nor when the last donor was used, though siblings were refused", OVLCP_REASON_NONE,
	  LOWER(.siblings_cross_device = true),
	  PAST(.outcome = { [PLAN_CLONE_DONOR] = CLASS_DONE }) },
	{ "reflink=never", OVLCP_REASON_REFLINK_NEVER, FILES(),

	  .opt = { .reflink = OVLCP_REFLINK_NEVER } },
	{ "reflink=never comes before what a stream can do", OVLCP_REASON_REFLINK_NEVER,

	  .opt = { .reflink = OVLCP_REFLINK_NEVER } },
	{ "the source has size 0", OVLCP_REASON_EMPTY, FACTS(.regular = true),
	  PAST(.outcome = { [PLAN_READ_WRITE] = CLASS_DONE }) },
	{ "not a regular file", OVLCP_REASON_NOT_REGULAR, FACTS(.size = MIB),
	  PAST(.outcome = { [PLAN_READ_WRITE] = CLASS_DONE }) },
	{ "the filesystem does not support clones", OVLCP_REASON_FILESYSTEM, FILES(),
	  CLONE(UNSUPPORTED, EOPNOTSUPP) },
	{ "it is known not to", OVLCP_REASON_FILESYSTEM, FILES(.pair_cannot_clone = true) },
	{ "the upper layer cannot clone", OVLCP_REASON_UPPER_FILESYSTEM,
	  FILES(.relation = RELATION_SAME_OVERLAY, .dst_clones = ANSWER_NO), CROSS_DEVICE },
	{ "the upper layer comes before the policy for copy-ups", OVLCP_REASON_UPPER_FILESYSTEM,
	  FILES(.relation = RELATION_SAME_OVERLAY, .dst_clones = ANSWER_NO), CROSS_DEVICE,
	  .opt = { .copy_up = OVLCP_COPY_UP_NEVER } },
	{ "two filesystems", OVLCP_REASON_OTHER_FILESYSTEM,
	  FILES(.relation = RELATION_APART, .dst_clones = ANSWER_YES), CROSS_DEVICE },
	{ "two overlays", OVLCP_REASON_TWO_OVERLAYS,
	  FILES(.relation = RELATION_TWO_OVERLAYS, .dst_clones = ANSWER_YES), CROSS_DEVICE },
	{ "two overlays, and the destination cannot clone", OVLCP_REASON_UPPER_FILESYSTEM,
	  FILES(.relation = RELATION_TWO_OVERLAYS, .dst_clones = ANSWER_NO), CROSS_DEVICE },
	{ "out of an overlay to where nothing can be cloned", OVLCP_REASON_OUTSIDE_OVERLAY,
	  FILES(.relation = RELATION_APART, .leaves_overlay = true, .dst_clones = ANSWER_NO),
	  CROSS_DEVICE, .opt = { .flags = OVLCP_NO_LAYER_BYPASS } },
	{ "active swap space", OVLCP_REASON_SWAP, FILES(), CLONE(UNSUITABLE, ETXTBSY) },
	{ "active swap space, once the flag was matched", OVLCP_REASON_SWAP, FILES(),
	  PAST(.outcome = { [PLAN_CLONE] = CLASS_UNSUITABLE, [PLAN_MATCH_FLAG] = CLASS_UNSUITABLE },
	       .error = { [PLAN_CLONE] = EINVAL, [PLAN_MATCH_FLAG] = ETXTBSY }) },
	{ "two files that were not classified", OVLCP_REASON_OTHER_FILESYSTEM, FILES(),
	  CROSS_DEVICE },
	{ "two overlays that may be one", OVLCP_REASON_OVERLAY_UNKNOWN,
	  FILES(.relation = RELATION_UNCLEAR, .dst_clones = ANSWER_YES), CROSS_DEVICE },
	{ "the two differ in a flag", OVLCP_REASON_FLAGS, FILES(.has_checksums = true),
	  CLONE(UNSUITABLE, EINVAL) },
	{ "the two differ in a flag on the upper layer", OVLCP_REASON_FLAGS,
	  LOWER(.has_checksums = true), UPPER(UNSUITABLE, EINVAL) },
	{ "EINVAL where there are no checksums", OVLCP_REASON_REFUSED, FILES(),
	  CLONE(UNSUITABLE, EINVAL) },
	{ "EINVAL where there are no checksums, on the upper layer", OVLCP_REASON_REFUSED, LOWER(),
	  UPPER(UNSUITABLE, EINVAL) },
	{ "EINVAL above the limit on the size of files", OVLCP_REASON_SIZE_LIMIT,
	  FILES(.beyond_limit = true, .has_checksums = true), CLONE(UNSUITABLE, EINVAL) },
	{ "EINVAL above that limit, on the upper layer", OVLCP_REASON_SIZE_LIMIT,
	  LOWER(.beyond_limit = true), UPPER(UNSUITABLE, EINVAL) },
	{ "EXDEV: nothing can leave the work directory", OVLCP_REASON_LOWER_WORK_DIR, LOWER(),
	  COPY_UP(EXDEV) },
	{ "EFBIG of a copy-up", OVLCP_REASON_SIZE_LIMIT, LOWER(), COPY_UP(EFBIG) },
	{ "ENOMEM of a copy-up", OVLCP_REASON_LOWER_FAILED, LOWER(), COPY_UP(ENOMEM) },
	{ "a filter says that there is no FICLONE", OVLCP_REASON_REFUSED,
	  FACTS(.regular = true, .size = MIB, .destinations = 1, .clone_filtered = true,
		.pair_cannot_clone = true) },
	{ "one fuse-overlayfs", OVLCP_REASON_FUSE_OVERLAY,
	  FACTS(.regular = true, .size = MIB, .destinations = 1,
		.relation = RELATION_SAME_FUSE_OVERLAY, .pair_cannot_clone = true) },
	{ "copy-up=never", OVLCP_REASON_LOWER_NEVER, LOWER(), CROSS_DEVICE,
	  .opt = { .copy_up = OVLCP_COPY_UP_NEVER } },
	{ "too small for a copy-up", OVLCP_REASON_LOWER_SMALL, LOWER(), CROSS_DEVICE,
	  .opt = { .copy_up_min = MIB + 1 } },
	{ "a donor is cheaper", OVLCP_REASON_LOWER_DONOR,
	  FACTS(.regular = true, .size = MIB, .destinations = 2, .relation = RELATION_SAME_OVERLAY,
		.dst_clones = ANSWER_YES),
	  CROSS_DEVICE },
	{ "a copy-up would split hard links", OVLCP_REASON_LOWER_LINKS,
	  LOWER(.copy_up_harm = OVLCP_REASON_LOWER_LINKS), CROSS_DEVICE },
	{ "a copy-up may split hard links", OVLCP_REASON_LOWER_LINKS_UNKNOWN,
	  LOWER(.copy_up_harm = OVLCP_REASON_LOWER_LINKS_UNKNOWN), CROSS_DEVICE },
	{ "nothing could execute it", OVLCP_REASON_LOWER_EXECUTABLE,
	  LOWER(.executable = true, .copy_up_opens = true), CROSS_DEVICE },
	{ "a copy-up would fill its holes", OVLCP_REASON_LOWER_SPARSE,
	  LOWER(.hole_bytes = MIB / 2 + 1, .filled_bytes = MIB / 2), CROSS_DEVICE },
	{ "a copy-up would change times", OVLCP_REASON_LOWER_TIMES,
	  LOWER(.copy_up_harm = OVLCP_REASON_LOWER_TIMES), CROSS_DEVICE },
	{ "ETXTBSY: it is being executed", OVLCP_REASON_LOWER_RUNNING, LOWER(), COPY_UP(ETXTBSY) },
	{ "EACCES: no permission", OVLCP_REASON_LOWER_PERMISSION, LOWER(), COPY_UP(EACCES) },
	{ "EPERM: it is immutable", OVLCP_REASON_LOWER_IMMUTABLE, LOWER(), COPY_UP(EPERM) },
	{ "EROFS: the overlay is read-only", OVLCP_REASON_LOWER_READ_ONLY, LOWER(),
	  COPY_UP(EROFS) },
	{ "EOVERFLOW: the owner is not mapped", OVLCP_REASON_LOWER_UNMAPPED, LOWER(),
	  COPY_UP(EOVERFLOW) },
	{ "EAGAIN: a lease", OVLCP_REASON_LOWER_LEASED, LOWER(), COPY_UP(EAGAIN) },
	{ "EINTR: signals", OVLCP_REASON_LOWER_INTERRUPTED, LOWER(), COPY_UP(EINTR) },
	{ "EEXIST: it was unlinked", OVLCP_REASON_LOWER_REPLACED, LOWER(), COPY_UP(EEXIST) },
	{ "ESTALE: another file has its name", OVLCP_REASON_LOWER_REPLACED, LOWER(),
	  COPY_UP(ESTALE) },
	{ "ENOSPC: no room on the upper layer", OVLCP_REASON_LOWER_NO_SPACE, LOWER(),
	  COPY_UP(ENOSPC) },
	{ "EDQUOT: no quota on the upper layer", OVLCP_REASON_LOWER_NO_SPACE, LOWER(),
	  COPY_UP(EDQUOT) },
	{ "another errno of a copy-up", OVLCP_REASON_LOWER_FAILED, LOWER(), COPY_UP(EFAULT) },
	{ "the failure of a copy-up comes before its size limit", OVLCP_REASON_LOWER_RUNNING,
	  LOWER(), COPY_UP(ETXTBSY), .opt = { .copy_up_min = MIB + 1 } },
	{ "a dry run that could try nothing", OVLCP_REASON_CANNOT_TELL, FILES(.cannot_tell = true),
	  CLONE(UNSUITABLE, EBADF) },
	{ "a clone from a layer shares", OVLCP_REASON_NONE, FILES(.leaves_overlay = true),
	  PAST(.outcome = { [PLAN_CLONE] = CLASS_CROSS_DEVICE, [PLAN_CLONE_LAYER] = CLASS_DONE },
	       .error = { [PLAN_CLONE] = EXDEV }) },
	{ "a clone of an earlier call's copy shares", OVLCP_REASON_NONE, FILES(),
	  PAST(.outcome = { [PLAN_CLONE] = CLASS_CROSS_DEVICE,
			    [PLAN_CLONE_REMEMBERED] = CLASS_DONE },
	       .error = { [PLAN_CLONE] = EXDEV }) },
	{ "a copy that is remembered instead of copied up", OVLCP_REASON_LOWER_REMEMBERED,
	  LOWER(.will_be_remembered = true), CROSS_DEVICE },
	{ "a clone after the flag was matched shares", OVLCP_REASON_NONE, FILES(),
	  PAST(.outcome = { [PLAN_CLONE] = CLASS_UNSUITABLE, [PLAN_CLONE_MATCHED] = CLASS_DONE },
	       .error = { [PLAN_CLONE] = EINVAL }) },
	{ "a file whose siblings were refused in an overlay", OVLCP_REASON_LOWER_TREE,
	  LOWER(.in_tree = true, .siblings_cross_device = true) },
	{ "a file whose siblings were refused on another filesystem", OVLCP_REASON_OTHER_FILESYSTEM,
	  FILES(.relation = RELATION_APART, .in_tree = true, .siblings_cross_device = true) },
	{ "out of an overlay", OVLCP_REASON_OUTSIDE_OVERLAY,
	  FILES(.relation = RELATION_APART, .leaves_overlay = true), CROSS_DEVICE },
	{ "into an overlay", OVLCP_REASON_OUTSIDE_OVERLAY,
	  FILES(.relation = RELATION_APART, .enters_overlay = true), CROSS_DEVICE },
	{ "out of an overlay, and the layer was sought", OVLCP_REASON_OUTSIDE_OVERLAY,
	  LEAVES(MIB, YES),
	  PAST(.outcome = { [PLAN_CLONE] = CLASS_CROSS_DEVICE,
			    [PLAN_SEEK_LAYER] = CLASS_UNSUITABLE },
	       .error = { [PLAN_CLONE] = EXDEV, [PLAN_SEEK_LAYER] = ENOENT }) },
	{ "out of an overlay by no-layer-bypass", OVLCP_REASON_LAYER_NEVER, LEAVES(MIB, YES),
	  CROSS_DEVICE, .opt = { .flags = OVLCP_NO_LAYER_BYPASS } },
	{ "out of an overlay, too small", OVLCP_REASON_LAYER_SMALL, LEAVES(PLAN_SMALL, YES),
	  CROSS_DEVICE },
	{ "out of an overlay, small, to where nothing can be cloned", OVLCP_REASON_OUTSIDE_OVERLAY,
	  LEAVES(PLAN_SMALL, NO), CROSS_DEVICE },
	{ "another errno of a clone", OVLCP_REASON_REFUSED, FILES(), CLONE(UNSUITABLE, EFBIG) },
	{ "a terminal error of a clone", OVLCP_REASON_REFUSED, FILES(), CLONE(TERMINAL, EIO) },
	{ "EXDEV again after a copy-up", OVLCP_REASON_REFUSED, LOWER(),
	  UPPER(CROSS_DEVICE, EXDEV) },
	{ "other holes than the source has", OVLCP_REASON_SPARSE, FILES(),
	  .opt = { .sparse = OVLCP_SPARSE_ALWAYS } },
	{ "a source with holes, and the copy must have none", OVLCP_REASON_SPARSE,
	  FILES(.sparse = true), .opt = { .sparse = OVLCP_SPARSE_NEVER } },
	{ "the same of a source that seems to have none", OVLCP_REASON_SPARSE,
	  FILES(.pair_cannot_clone = true), .opt = { .sparse = OVLCP_SPARSE_NEVER } },
	{ "reflink=never comes before holes", OVLCP_REASON_REFLINK_NEVER, FILES(),
	  .opt = { .reflink = OVLCP_REFLINK_NEVER, .sparse = OVLCP_SPARSE_ALWAYS } },
	{ "holes come before what a stream can do", OVLCP_REASON_SPARSE, FACTS(.size = MIB),
	  .opt = { .sparse = OVLCP_SPARSE_ALWAYS } },
	{ "holes come before what the filesystem can do", OVLCP_REASON_SPARSE,
	  FILES(.pair_cannot_clone = true), .opt = { .sparse = OVLCP_SPARSE_ALWAYS } },
	{ "an empty file has no holes", OVLCP_REASON_EMPTY, FACTS(.regular = true),
	  PAST(.outcome = { [PLAN_READ_WRITE] = CLASS_DONE }),
	  .opt = { .sparse = OVLCP_SPARSE_ALWAYS } },
	{ "a file of a tree", OVLCP_REASON_LOWER_TREE, LOWER(.in_tree = true), CROSS_DEVICE },
	/* under reflink=always transfer/transfer.c counts it as done only if blocks are shared */
	{ "copy_file_range that had to share did share", OVLCP_REASON_NONE,
	  FILES(.relation = RELATION_TWO_OVERLAYS, .dst_clones = ANSWER_YES),
	  PAST(.outcome = { [PLAN_CLONE] = CLASS_CROSS_DEVICE, [PLAN_RANGE] = CLASS_DONE },
	       .error = { [PLAN_CLONE] = EXDEV }),
	  .opt = { .reflink = OVLCP_REFLINK_ALWAYS } },
};

static void test_reason(void **state)
{
	const struct reason_case *c = *state;

	assert_string_equal(ovlcp_reason_name(plan_reason(&c->f, &c->opt, &c->past)),
			    ovlcp_reason_name(c->reason));
}

/* The plan does not give these, but file/copy_up_only.c and dedupe/refusal.c. */
static bool is_of_another_call(int reason)
{
	return reason == OVLCP_REASON_NO_OVERLAY || reason == OVLCP_REASON_UPPER_ALREADY ||
	       reason == OVLCP_REASON_CLONABLE || reason == OVLCP_REASON_NO_TRIAL ||
	       reason == OVLCP_REASON_DEDUPE_IMMUTABLE ||
	       reason == OVLCP_REASON_DEDUPE_PERMISSION || reason == OVLCP_REASON_DEDUPE_SWAP;
}

static void test_every_reason_has_a_case(void **state)
{
	bool has[OVLCP_REASON_COUNT] = { false };

	(void)state;
	for (size_t i = 0; i < ROWS(reason_cases); i++)
		has[reason_cases[i].reason] = true;
	for (int i = 0; i < OVLCP_REASON_COUNT; i++)
		if (!has[i] && !is_of_another_call(i))
			fail_msg("no case for %s", ovlcp_reason_name((enum ovlcp_reason)i));
}

int main(void)
{
	struct CMUnitTest tests[ROWS(reason_cases) + 1];
	struct CMUnitTest *end = tests;

	end = CASES(end, reason_cases, test_reason);
	*end = (struct CMUnitTest)cmocka_unit_test(test_every_reason_has_a_case);
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("reason", tests, NULL, NULL);
}
