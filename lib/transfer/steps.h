/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The steps of a transfer. Each returns 0, EXEC_SHORT or -errno, unless its comment says otherwise.
 */
#ifndef OVL_TRANSFER_STEPS_H
#define OVL_TRANSFER_STEPS_H

#include "transfer/transfer.h"

/** Bytes; no filesystem keeps this much data in an inode, so a file of this size has a block. */
#define STEP_BLOCK 4096

/** FICLONE from the source. */
int step_clone(struct transfer *t);
/** FICLONE from the next donor. */
int step_clone_donor(struct transfer *t);
/** FICLONERANGE of the start of the source to the empty destination, which is truncated again. */
int step_sample_clone(const struct transfer *t);
/**
 * Give the destination the nodatacow flag with which a clone works: btrfs clones only between files
 * that agree in whether their data has checksums.
 * -EINVAL if the flag is not what prevents the clone; then the flag is unchanged.
 */
int step_match_flag(struct transfer *t);
/** Fill facts.relation, and facts.copy_up_harm if it matters. Cannot fail. */
int step_classify_pair(struct transfer *t);
/** Fill facts.dst_clones: whether the filesystem of the destination can clone. Cannot fail. */
int step_probe_clone(struct transfer *t);
/** Find the source's own file in a layer of its overlay; the source keeps it open. */
int step_seek_layer(struct transfer *t);
/** FICLONE from that file. */
int step_clone_layer(struct transfer *t);
/** Copy the source up. */
int step_copy_up(struct transfer *t);
/**
 * Try copy_file_range on the first data of the source and truncate the destination again.
 * Returns 1 if it shares, 0 if it copies bytes, -ENODATA instead of EXEC_SHORT, or -errno.
 */
int step_sample_range(const struct transfer *t);
/** copy_file_range from the source. */
int step_range(struct transfer *t);
/** read and write, from where step_range stopped; by several threads if that pays. */
int step_read_write(struct transfer *t);
/** Set source.consumed after read and write, or after exec_tee, which does the same for several. */
void step_mark_consumed(struct transfer *t);

#endif
