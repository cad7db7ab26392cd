/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * copy_file_range where FICLONE is refused and it may share: on fuse-overlayfs, and under a filter
 * for system calls. Steps that return as those of steps.h.
 */
#ifndef OVL_TRANSFER_RANGE_SHARE_H
#define OVL_TRANSFER_RANGE_SHARE_H

#include "transfer/transfer.h"

/**
 * Fill facts.src_range_shares and facts.dst_range_shares: copies the beginning of the source to the
 * empty destination, and that to a file without a name, and looks at their extents, or by how
 * much the filesystem has grown. The destination is empty again. If that cannot be done the first
 * stays unknown, and the second is ANSWER_NO. On btrfs the first stays unknown, too.
 */
int range_share_sample(struct transfer *t);

/** Whether copy_file_range is known to share the data of the source, by the sample. */
bool range_share_is_proven(const struct transfer *t);

/** copy_file_range from the next donor to the empty destination. */
int range_share_donor(struct transfer *t);

/** The same in a dry run, where it cannot be told whether it would share. */
int range_share_dry_donor(struct transfer *t);

/** range_share_sample in a dry run; on FUSE nothing can be told. */
int range_share_dry_sample(struct transfer *t);

#endif
