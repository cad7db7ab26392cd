/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The steps of a transfer: how each is carried out, and what a dry run finds out instead.
 *
 * Every function returns 0, EXEC_SHORT or -errno, as the step would end. What changes nothing
 * that anybody sees (looking, asking) is the same in both.
 */
#ifndef OVL_JOB_STEPS_H
#define OVL_JOB_STEPS_H

#include "transfer/transfer.h"

/** No filesystem keeps this much data in an inode. */
#define STEP_BLOCK 4096

/** FICLONE from the source. */
int step_clone(struct transfer *t);
/** FICLONE from the next donor. */
int step_clone_donor(struct transfer *t);
/** FICLONE of the beginning of the source to the empty destination, which is emptied again. */
int step_sample_clone(const struct transfer *t);
/**
 * Make the destination agree with the source in whether btrfs keeps checksums of the data, by its
 * nodatacow flag. -EINVAL if that is not the reason; then it is as it was.
 */
int step_match_flag(struct transfer *t);
/** Find out where the two lie. */
int step_classify_pair(struct transfer *t);
/** Ask the filesystem of the destination whether it can clone. */
int step_probe_clone(struct transfer *t);
/** Look for the source's own file in its layer; the source keeps it open. */
int step_seek_layer(struct transfer *t);
/** FICLONE from there. */
int step_clone_layer(struct transfer *t);
/** Have the source copied up. */
int step_copy_up(struct transfer *t);
/**
 * Try copy_file_range on the first data of the source, and empty the destination again.
 * 1: it shares. 0: it copies. EXEC_SHORT is -ENODATA here; or -errno.
 */
int step_sample_range(const struct transfer *t);

/** copy_file_range. */
int step_range(struct transfer *t);
/** read and write. */
int step_read_write(struct transfer *t);

/** Whether FICLONE from the source would work as it lies. */
int dry_clone(struct transfer *t);
/** What would keep the source from being copied up, if it were tried. */
enum ovlcp_reason obstacle_to_copy_up(const struct transfer *t);
/** Whether the source could be copied up. */
int dry_copy_up(struct transfer *t);
/** FICLONE works once the source is on the upper layer, unless a flag is in the way there. */
int dry_clone_upper(struct transfer *t);
/** Whether FICLONE works after dry_match_flag. */
int dry_clone_matched(struct transfer *t);
/** Whether the flag of the source is what is in the way; the stage gets it. */
int dry_match_flag(struct transfer *t);
/** Whether FICLONE from the file in the layer would work. */
int dry_clone_layer(struct transfer *t);
/** Whether copy_file_range would work, and share. */
int dry_range(struct transfer *t);
/** How much would be written. */
int dry_read_write(struct transfer *t);

#endif
