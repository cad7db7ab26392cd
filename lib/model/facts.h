/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What is known about a source, a destination and the pair of them, when a step is chosen.
 *
 * Filled by the probe room, read by the plan room. All-zero means that nothing is known yet.
 */
#ifndef OVL_MODEL_FACTS_H
#define OVL_MODEL_FACTS_H

#include "ovlcp.h"

/** A yes or no that may not have been asked yet. */
enum answer {
	ANSWER_NOT_ASKED = 0,
	ANSWER_NO,
	ANSWER_YES,
};

/** How source and destination lie to one another, as far as overlays matter. */
enum overlay_relation {
	/** Not determined yet. */
	RELATION_UNKNOWN = 0,
	/** At least one of them is not on an overlay. */
	RELATION_APART,
	/** Both are on the same overlay. */
	RELATION_SAME_OVERLAY,
	/** They are on two overlays. */
	RELATION_TWO_OVERLAYS,
	/** Both are on overlays, and it cannot be told whether on the same one. */
	RELATION_UNCLEAR,
};

/** The facts about one source and one destination. */
struct facts {
	/** Whether both are regular files. */
	bool regular;
	/** Size of the source in bytes, when it was opened. */
	uint64_t size;
	/** Whether the source may have holes. */
	bool sparse;
	/** Whether the source was found in a tree. */
	bool in_tree;
	/** How many destinations the source gets in this call. */
	size_t destinations;
	/** Whether other destinations come after this one. */
	bool more_follow;
	/** Whether an earlier destination is at hand to be cloned from. */
	bool donor_ready;
	/** Whether this pair of filesystems has shown that it cannot clone. */
	bool pair_cannot_clone;
	/** Whether it has refused copy_file_range, for all files. */
	bool pair_refuses_range;
	/** Whether copy_file_range is known to do no more there than copy bytes. */
	bool range_copies;
	/** Whether the own file of a source of it was sought in a layer, and not found. */
	bool pair_hides_layers;
	/** Whether files of it were refused with EXDEV a moment ago. */
	bool siblings_cross_device;
	/** Where the two lie. */
	enum overlay_relation relation;
	/** Whether the source is on an overlay and the destination is not. */
	bool leaves_overlay;
	/** Whether it is the other way round. */
	bool enters_overlay;
	/** Whether the filesystem of the destination can clone. */
	enum answer dst_clones;
	/** Dry run: nothing can be tried on that filesystem from here. */
	bool cannot_tell;
	/** Whether the metadata of the source is on the upper layer and its data is not. */
	bool metadata_only;
	/** The harm a copy-up would do to the source; OVLCP_REASON_NONE if it would do none. */
	enum ovlcp_reason copy_up_harm;
};

#endif
