/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What is known about a source, a destination and both together when the next step is chosen.
 *
 * Written by probe and transfer, read by plan. All-zero means that nothing is known yet.
 */
#ifndef OVL_MODEL_FACTS_H
#define OVL_MODEL_FACTS_H

#include "ovlcp.h"

/** A yes or no that may be unknown. */
enum answer {
	/** Not asked or probed yet. */
	ANSWER_NOT_ASKED = 0,
	/** No. */
	ANSWER_NO,
	/** Yes. */
	ANSWER_YES,
};

/** Which overlays source and destination are on. */
enum overlay_relation {
	/** Not classified yet. */
	RELATION_UNKNOWN = 0,
	/** At least one of them is not on an overlay. */
	RELATION_APART,
	/** Both are on the same overlay. */
	RELATION_SAME_OVERLAY,
	/** They are on two different overlays. */
	RELATION_TWO_OVERLAYS,
	/** Whether both are on one overlay is unknown. */
	RELATION_UNCLEAR,
	/** They are on one fuse-overlayfs, which cannot clone, but shares by copy_file_range what
	 * is on its upper layer. */
	RELATION_SAME_FUSE_OVERLAY,
};

/** Facts about one source and one destination. "The pair" are their two filesystems. */
struct facts {
	/** Whether both are regular files. */
	bool regular;
	/** Size of the source in bytes, when it was opened. */
	uint64_t size;
	/** Whether the source may have holes. */
	bool sparse;
	/** Whether zeros of the source become holes, as its filesystem does not tell of holes. */
	bool hides_holes;
	/** Bytes of the source that have blocks (st_blocks), at most size. */
	uint64_t allocated;
	/** Whether the source was found in a tree, and not named by the caller. */
	bool in_tree;
	/** Number of destinations that the source is copied to in this call. */
	size_t destinations;
	/** Whether more destinations follow this one. */
	bool more_follow;
	/** Whether a completed earlier destination (a donor) can be cloned. */
	bool donor_ready;
	/** Whether an earlier FICLONE showed that the pair does not support it. */
	bool pair_cannot_clone;
	/** Whether an earlier copy_file_range showed that the pair does not support it. */
	bool pair_refuses_range;
	/** Whether copy_file_range is known to only copy bytes for the pair: no sharing, no
	 * offload. */
	bool range_copies;
	/** How many threads may copy the data; 0: not asked. This and the next two do not decide
	 * the method, but how many threads carry it out (plan/split.h). */
	unsigned int threads;
	/** Whether the destination's filesystem was measured to take data of several threads faster
	 * than of one. */
	bool parallel_writes;
	/** Whether the page cache has the data of the source. */
	bool src_cached;
	/** Whether a source of the pair was sought in its overlay's layers before and not found. */
	bool pair_hides_layers;
	/** Whether the last files of the pair were refused with EXDEV. */
	bool siblings_cross_device;
	/** Which overlays the two files are on. */
	enum overlay_relation relation;
	/** Whether the source is on an overlay and the destination is not. */
	bool leaves_overlay;
	/** Whether the destination is on an overlay and the source is not. */
	bool enters_overlay;
	/** Whether the filesystem of the destination can clone. */
	enum answer dst_clones;
	/** Whether the pair does not support FICLONE, and the destination is on FUSE. */
	bool on_fuse;
	/** Whether FICLONE was refused as by a filter for system calls (seccomp), which may permit
	 * copy_file_range. */
	bool clone_filtered;
	/** Whether the destination is on fuse-overlayfs. */
	bool dst_on_fuse_overlay;
	/** In one overlay that only copy_file_range shares in: whether it shares the data of the
	 * source. */
	enum answer src_range_shares;
	/** Likewise: whether it shares what is on the upper layer. */
	enum answer dst_range_shares;
	/** Dry run: no temporary file can be created there, so dst_clones stays unknown. */
	bool cannot_tell;
	/** Whether FICLONE was refused with EINVAL because the source is larger than a file may
	 * be. */
	bool beyond_limit;
	/** Whether the destination's filesystem has checksums that a file may lack (btrfs). */
	bool has_checksums;
	/** Whether only the metadata of the source is on the upper layer, its data below
	 * (metacopy). */
	bool metadata_only;
	/** Whether the source may be executed. */
	bool executable;
	/** Whether a copy-up has to open the source for writing, so that nothing can execute it
	 * meanwhile. */
	bool copy_up_opens;
	/** Bytes of the source in holes, if a copy-up comes into question; 0 before. */
	uint64_t hole_bytes;
	/** Bytes of these that a copy-up would fill with zeros. */
	uint64_t filled_bytes;
	/** Whether an earlier copy-up of the overlay failed because the kernel could not move the
	 * file out of the work directory. */
	bool pair_cannot_copy_up;
	/** Whether a copy of this source may be recorded (remember/): the table is open. */
	bool remembers;
	/** Whether this copy would be recorded, if its bytes are written. */
	bool will_be_remembered;
	/** How a copy-up would harm the source (links, times); OVLCP_REASON_NONE: not at all. */
	enum ovlcp_reason copy_up_harm;
};

#endif
