/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * copy_file_range on fuse-overlayfs, which refuses FICLONE: steps that return as those of steps.h.
 */
#ifndef OVL_TRANSFER_FUSE_RANGE_H
#define OVL_TRANSFER_FUSE_RANGE_H

#include "transfer/transfer.h"

/**
 * Fill facts.src_range_shares and facts.dst_range_shares: copies the beginning of the source to the
 * empty destination, and that to a file without a name, and looks by how much the filesystem has
 * grown. The destination is empty again. If that cannot be done the first stays unknown, and the
 * second is ANSWER_NO. On btrfs the first stays unknown, too.
 */
int fuse_sample_range(struct transfer *t);

/** Whether copy_file_range is known to share the data of the source, by the sample. */
bool fuse_range_shares(const struct transfer *t);

/** copy_file_range from the next donor to the empty destination. */
int fuse_range_donor(struct transfer *t);

/** The same in a dry run, where it cannot be told whether it would share. */
int fuse_dry_range_donor(struct transfer *t);

/** fuse_sample_range in a dry run: nothing can be told. */
int fuse_dry_sample_range(struct transfer *t);

#endif
