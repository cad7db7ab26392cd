/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The steps of a transfer, carried out. Each returns 0, EXEC_SHORT or -errno.
 */
#ifndef OVL_TRANSFER_STEPS_H
#define OVL_TRANSFER_STEPS_H

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

#endif
