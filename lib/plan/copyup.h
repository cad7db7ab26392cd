/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * When a copy-up of the source may be tried.
 *
 * Sizes are in bytes. They were measured, see docs/decisions/.
 */
#ifndef OVL_PLAN_COPYUP_H
#define OVL_PLAN_COPYUP_H

#include "model/facts.h"
#include "model/plan.h"

/** Smallest data of a source that is copied up for a single destination, by default. */
#define PLAN_COPY_UP_MIN_SINGLE (UINT64_C(1) << 20)
/** The same on fuse-overlayfs, where a sample has to show first that a copy-up helps. */
#define PLAN_COPY_UP_MIN_FUSE (UINT64_C(16) << 20)
/** Files up to this size are copied as fast as cloned. */
#define PLAN_SMALL (UINT64_C(64) << 10)
/** Of a small file of a tree so many bytes, in all destinations but the first together, are written
    rather than cloned from the first: a clone of what was just written makes the filesystem write
    it to the disk before. */
#define PLAN_UNSHARED_MAX (UINT64_C(128) << 10)
/** Smallest source that is read once for several destinations (tee). A smaller one is read from the
    page cache for each of them, which costs nothing. */
#define PLAN_TEE_MIN (UINT64_C(1) << 20)

/**
 * Smallest source, in bytes without holes, that read and write copy faster than copy_file_range
 * where the kernel carries that out by splice (docs/decisions/0017-big-data.md).
 */
#define PLAN_RANGE_SLOWER_MIN (UINT64_C(4) << 20)
/** Smallest source of a tree, in bytes without holes, whose layer file is looked for although that
    of another one was not found: it may be on another layer, and a copy takes longer than a look.
 */
#define PLAN_SEEK_LAYER_AGAIN_MIN (UINT64_C(4) << 20)
/** Smallest data of a source that is copied up in a fan-out. For less, one copy and clones of that
    copy (a donor) cost less. */
#define PLAN_COPY_UP_MIN_FAN_OUT (UINT64_C(16) << 20)

/**
 * Number of files that may be copied up at the same time. @jobs: ovlcp_options.jobs.
 *
 * One unless the caller asks for more: the kernel restores the times of the directory of a file
 * that it copies up (ovl_copy_up_one in fs/overlayfs/copy_up.c), but of two copy-ups in one
 * directory one takes for its times what the other one has just made of them. And on btrfs two
 * threads were measured 8 times as slow as one (docs/decisions/0029-copy-ups-of-trees.md).
 */
unsigned int plan_copy_up_threads(uint32_t jobs);

/** Why a copy-up of the source must not be tried; OVLCP_REASON_NONE if it may be. */
enum ovlcp_reason plan_copy_up_refusal(const struct facts *f, const struct ovlcp_options *opt);

/**
 * Whether @refusal is lifted by other options, so that an explanation should find out what else
 * stands against the copy-up.
 */
bool plan_is_refusal_by_option(enum ovlcp_reason refusal);

#endif
