/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The steps of a transfer in a dry run: what each would come to. The destination is a scratch file
 * then (target/scratch.h). Each returns 0, EXEC_SHORT or -errno, as the step would end.
 */
#ifndef OVL_TRANSFER_DRY_RUN_H
#define OVL_TRANSFER_DRY_RUN_H

#include "transfer/transfer.h"

/** Find out where the two are, and what a copy-up would meet even where none would be tried. */
int dry_classify_pair(struct transfer *t);
/** Probe the filesystem of the destination, as far as a scratch file is to be had there. */
int dry_probe_clone(struct transfer *t);
/** Whether FICLONE from the source would work as it lies. */
int dry_clone(struct transfer *t);
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
