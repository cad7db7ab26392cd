/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Dry runs of the steps of a transfer: each returns what the step would return, that is 0,
 * EXEC_SHORT or -errno. The destination is a scratch file (target/scratch.h).
 */
#ifndef OVL_TRANSFER_DRY_RUN_H
#define OVL_TRANSFER_DRY_RUN_H

#include "transfer/transfer.h"

/** Probe the filesystem of the destination; needs a scratch file there. */
int dry_probe_clone(struct transfer *t);
/** Would FICLONE from the source work, where its data is now? */
int dry_clone(struct transfer *t);
/** Would the copy-up of the source work? */
int dry_copy_up(struct transfer *t);
/** Would FICLONE work after the copy-up? It does, unless the nodatacow flags differ. */
int dry_clone_upper(struct transfer *t);
/** Would FICLONE work after dry_match_flag? */
int dry_clone_matched(struct transfer *t);
/** Is the nodatacow flag what prevents the clone? The scratch file gets the flag of the source. */
int dry_match_flag(struct transfer *t);
/** Would FICLONE from the file in the layer work? */
int dry_clone_layer(struct transfer *t);
/** Would FICLONE from the copy of an earlier call work? */
int dry_clone_remembered(struct transfer *t);
/** Would copy_file_range work, and would it share? */
int dry_range(struct transfer *t);
/** Count the bytes that would be written. */
int dry_read_write(struct transfer *t);

#endif
