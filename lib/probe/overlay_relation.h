/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Whether a source and a destination are on overlays, and on the same one.
 */
#ifndef OVL_PROBE_OVERLAY_RELATION_H
#define OVL_PROBE_OVERLAY_RELATION_H

#include "model/facts.h"
#include "probe/mount_table.h"

#include <sys/stat.h>

/** The two files. Everything is borrowed. */
struct relation_question {
	/** The source, open. */
	int src_fd;
	/** The destination, open and empty. */
	int dst_fd;
	/** The stat of the source when it was opened. */
	const struct stat *src;
	/** Returns the table of mounts; called only if mount ids do not decide, or for
	    relation_probe_harm. */
	mount_table_fn *mounts;
	/** Is passed to mounts. */
	void *payload;
};

/**
 * Set f->relation, f->leaves_overlay, f->enters_overlay and f->dst_on_fuse_overlay, which are the
 * same for all files of the two filesystems. Cannot fail: RELATION_UNCLEAR is set instead.
 */
void relation_probe(const struct relation_question *q, struct facts *f);

/**
 * Set f->relation of two files whose mounts cannot be told (RELATION_UNCLEAR), if they are on
 * overlays: by st_dev of the directories that they are in, which is that of the overlay for all of
 * its directories (Linux 6.18). A file that is mounted on its name is taken for one of the
 * directory.
 */
void relation_probe_directories(const struct relation_question *q, dev_t src_dir, dev_t dst_dir,
				struct facts *f);

/**
 * Set f->metadata_only, f->executable, f->copy_up_opens and f->copy_up_harm: what a copy-up would
 * do to the source, which is on the same overlay as the destination.
 */
void relation_probe_harm(const struct relation_question *q, struct facts *f);

#endif
