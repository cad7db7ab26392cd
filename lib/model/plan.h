/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What is made of a source, the steps that a copy of its data is made of, and what became of
 * those already taken.
 */
#ifndef OVL_MODEL_PLAN_H
#define OVL_MODEL_PLAN_H

#include "ovlcp.h"

/** What a source becomes. */
enum file_kind {
	/** A regular file with the source's data; or the data goes into a special file. */
	KIND_DATA,
	/** A directory. */
	KIND_DIRECTORY,
	/** A symbolic link that holds what the source holds. */
	KIND_SYMLINK,
	/** A FIFO, a socket or a device. */
	KIND_SPECIAL,
	/** A hard link to an earlier destination, because the sources are links of one file. */
	KIND_LINK_TO_COPY,
	/** A hard link to the source. */
	KIND_LINK,
	/** A symbolic link that holds the path of the source. */
	KIND_SYMLINK_TO,
	/** Number of these. */
	KIND_COUNT,
};

/** One step. The order means nothing; plan/method.c decides what comes when. */
enum plan_method {
	/** The data is complete. */
	PLAN_DONE,
	/** Give up; the destination gets nothing. */
	PLAN_FAIL,
	/** FICLONE from the source. */
	PLAN_CLONE,
	/** FICLONE from a finished destination of this call. */
	PLAN_CLONE_DONOR,
	/** FICLONE from the source after its copy-up. */
	PLAN_CLONE_UPPER,
	/** Give the empty destination the flag of the source that clones depend on (nodatacow). */
	PLAN_MATCH_FLAG,
	/** FICLONE from the source after that. */
	PLAN_CLONE_MATCHED,
	/** Look for the source's own file in a layer of its overlay. */
	PLAN_SEEK_LAYER,
	/** FICLONE from that file. */
	PLAN_CLONE_LAYER,
	/** Find out where source and destination lie (facts.relation, facts.copy_up_harm). */
	PLAN_CLASSIFY_PAIR,
	/** Ask the destination's filesystem whether it can clone (facts.dst_clones). */
	PLAN_PROBE_CLONE,
	/** Make the overlay copy the source up. */
	PLAN_COPY_UP,
	/** copy_file_range. */
	PLAN_RANGE,
	/** read and write, from where PLAN_RANGE stopped. */
	PLAN_READ_WRITE,
	/** Number of methods. */
	PLAN_METHODS,
};

/** What became of a step, as far as the choice of the next one depends on it. */
enum plan_class {
	/** Not taken yet. */
	CLASS_NOT_TRIED = 0,
	/** It did what it was for. */
	CLASS_DONE,
	/** It stopped before the end without an error. */
	CLASS_SHORT,
	/** Another method would fail too, or do damage: stop here. */
	CLASS_TERMINAL,
	/** This pair of filesystems does not know the operation; worth remembering. */
	CLASS_UNSUPPORTED,
	/** EXDEV: not from this file as it lies. Never remembered: on overlay it is per file. */
	CLASS_CROSS_DEVICE,
	/** Not with these two files; the next method may do. */
	CLASS_UNSUITABLE,
};

/** The steps taken so far for one destination; all-zero at the start. */
struct plan_past {
	/** What became of each method. */
	enum plan_class outcome[PLAN_METHODS];
	/** Its errno (positive), 0 for success. */
	int error[PLAN_METHODS];
};

/** A step and the row that chose it. */
struct plan_step {
	/** What to do. */
	enum plan_method method;
	/** Stable id of the row, such as "copy-up". */
	const char *row;
	/** Why this row, in a few words for people. */
	const char *row_text;
};

#endif
