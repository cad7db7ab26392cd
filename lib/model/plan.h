/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Kinds of files to create, the steps that copy the data of a file, and the outcomes of those
 * taken.
 */
#ifndef OVL_MODEL_PLAN_H
#define OVL_MODEL_PLAN_H

/** The kind of file that is created for a source. */
enum file_kind {
	/** A regular file with the source's data; or the data is written into a special file. */
	KIND_DATA,
	/** A directory. */
	KIND_DIRECTORY,
	/** A symbolic link with the same target as the source. */
	KIND_SYMLINK,
	/** A FIFO, a socket or a device. */
	KIND_SPECIAL,
	/** A hard link to an earlier destination: the sources are hard links of one file. */
	KIND_LINK_TO_COPY,
	/** A hard link to the source. */
	KIND_LINK,
	/** A symbolic link to the path of the source. */
	KIND_SYMLINK_TO,
	/** Number of kinds. */
	KIND_COUNT,
};

/** A step. The order of the values has no meaning: plan/method.c decides which comes next. */
enum plan_method {
	/** The data is complete. */
	PLAN_DONE,
	/** Give up; the destination gets nothing. */
	PLAN_FAIL,
	/** FICLONE from the source. */
	PLAN_CLONE,
	/** FICLONE from a donor: a completed destination of this call. */
	PLAN_CLONE_DONOR,
	/** FICLONE from the source after its copy-up, when it is on the upper layer. */
	PLAN_CLONE_UPPER,
	/** Set the source's nodatacow flag on the empty destination: btrfs clones only if equal. */
	PLAN_MATCH_FLAG,
	/** FICLONE from the source after PLAN_MATCH_FLAG. */
	PLAN_CLONE_MATCHED,
	/** Look for the source's file in a layer of its overlay. */
	PLAN_SEEK_LAYER,
	/** FICLONE from the file found in the layer. */
	PLAN_CLONE_LAYER,
	/** Find out which overlays the two are on (facts.relation, facts.copy_up_harm). */
	PLAN_CLASSIFY_PAIR,
	/** Try whether the destination's filesystem can clone (facts.dst_clones). */
	PLAN_PROBE_CLONE,
	/** Try what copy_file_range shares (facts.src_range_shares, facts.dst_range_shares). */
	PLAN_SAMPLE_RANGE,
	/** copy_file_range(2) from a donor. */
	PLAN_RANGE_DONOR,
	/** Trigger the copy-up of the source. */
	PLAN_COPY_UP,
	/** Look for a copy of the source that an earlier call has made. */
	PLAN_RECALL,
	/** FICLONE from the copy found by PLAN_RECALL. */
	PLAN_CLONE_REMEMBERED,
	/** copy_file_range(2). */
	PLAN_RANGE,
	/** read(2) and write(2), from where PLAN_RANGE stopped. */
	PLAN_READ_WRITE,
	/** Number of methods. */
	PLAN_METHODS,
};

/** The outcome of a step, as far as the next step depends on it. */
enum plan_class {
	/** The step was not taken yet. */
	CLASS_NOT_TRIED = 0,
	/** Success. */
	CLASS_DONE,
	/** It stopped before the end of the data without an error. */
	CLASS_SHORT,
	/** Another method would fail too or corrupt the copy: give up. */
	CLASS_TERMINAL,
	/** The pair of filesystems does not support the operation; this is remembered. */
	CLASS_UNSUPPORTED,
	/** EXDEV. Never remembered: on overlayfs it depends on the layer of the file. */
	CLASS_CROSS_DEVICE,
	/** It failed for these two files; the next method may work. */
	CLASS_UNSUITABLE,
};

/** Outcomes of the steps taken for one destination; all-zero at the start. */
struct plan_past {
	/** Outcome of each method. */
	enum plan_class outcome[PLAN_METHODS];
	/** errno (positive) of each method; 0 for success. */
	int error[PLAN_METHODS];
};

/** A step and the rule that chose it. */
struct plan_step {
	/** What to do. */
	enum plan_method method;
	/** Stable id of the rule, such as "copy-up". */
	const char *rule;
	/** Why this rule, as a short text for users. */
	const char *rule_text;
};

#endif
