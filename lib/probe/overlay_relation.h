/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * How a source and a destination lie to one another in overlays.
 */
#ifndef OVL_PROBE_PLACE_H
#define OVL_PROBE_PLACE_H

#include "model/facts.h"
#include "probe/mount_table.h"

#include <sys/stat.h>

/** Reads the table of mounts when it is first needed; NULL where there is none. */
typedef const struct mount_table *mount_table_fn(void *payload);

/** What a look needs. Everything is borrowed. */
struct relation_question {
	/** The source, open. */
	int src_fd;
	/** The destination, open and empty. */
	int dst_fd;
	/** The source as it was when it was opened. */
	const struct stat *src;
	/** Gives the table of mounts, which most looks do not need. */
	mount_table_fn *mounts;
	/** Passed to layout. */
	void *payload;
};

/**
 * Fill f->relation, f->leaves_overlay and f->enters_overlay, which are the same for all files of
 * the two filesystems. Cannot fail: unclear is an answer.
 */
void relation_probe(const struct relation_question *q, struct facts *f);

/** Fill f->metadata_only and f->copy_up_harm of a source in the destination's overlay. */
void relation_probe_harm(const struct relation_question *q, struct facts *f);

#endif
