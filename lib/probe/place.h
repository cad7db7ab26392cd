/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * How a source and a destination lie to one another in overlays.
 */
#ifndef OVL_PROBE_PLACE_H
#define OVL_PROBE_PLACE_H

#include "model/facts.h"

#include <sys/stat.h>

/** Reads the table of mounts when it is first needed; NULL where there is none. */
typedef const struct layout *place_layout_fn(void *payload);

/** What a look needs. Everything is borrowed. */
struct place_question {
	/** The source, open. */
	int src_fd;
	/** The destination, open and empty. */
	int dst_fd;
	/** The source as it was when it was opened. */
	const struct stat *src;
	/** Gives the table of mounts, which most looks do not need. */
	place_layout_fn *layout;
	/** Passed to layout. */
	void *payload;
};

/**
 * Fill f->place, f->leaves_overlay and f->enters_overlay, which are the same for all files of the
 * two filesystems. Cannot fail: unclear is an answer.
 */
void place_look(const struct place_question *q, struct facts *f);

/** Fill f->metadata_only and f->copy_up_harm of a source in the destination's overlay. */
void place_look_for_harm(const struct place_question *q, struct facts *f);

#endif
