/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What was learned about pairs of filesystems, a source and a destination, in this session.
 *
 * A filesystem is identified by the device number of its files (st_dev). That a pair does not
 * support an operation is cached for the whole session. EXDEV is not: on overlayfs it is a property
 * of one file until that is copied up. It is only cached that clones of siblings failed with it,
 * for a number of files. Several threads may use a cache at the same time.
 */
#ifndef OVL_PROBE_FS_PAIR_CACHE_H
#define OVL_PROBE_FS_PAIR_CACHE_H

#include "model/facts.h"

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/** What is known about a pair; all-zero is nothing. */
struct fs_pair {
	/** st_dev of the source. */
	dev_t src;
	/** st_dev of the destination. */
	dev_t dst;
	/** Whether FICLONE is supported. */
	enum answer clones;
	/** Whether both are on overlays, and on the same one. */
	enum overlay_relation relation;
	/** Whether the source is on an overlay and the destination is not. */
	bool leaves_overlay;
	/** Whether the destination is on an overlay and the source is not. */
	bool enters_overlay;
	/** Whether copy_file_range failed with EXDEV, for a reason other than an overlay. */
	bool range_refused;
	/** Whether copy_file_range does no more than copy bytes. */
	enum answer range_copies;
	/** Whether a copy-up failed with EXDEV: no file can leave the work directory. */
	bool copy_up_refused;
	/** Whether FICLONE is not supported, and the destination is on FUSE. */
	bool on_fuse;
	/** Whether FICLONE was refused as by a filter for system calls. */
	bool clone_filtered;
	/** Whether the destination is on fuse-overlayfs. */
	bool dst_on_fuse_overlay;
	/** ANSWER_NO: copy_file_range shares nothing in the overlay of both. */
	enum answer range_shares;
	/** Whether the layer file of a source was looked for and not found; that of another one may
	    be: an overlay can give the files of several layers one st_dev. */
	bool hides_layers;
	/** Whether the file of a source was found in its layer where that was not to be cloned
	   from, to know what to advise. */
	enum answer layer_would_help;
	/** Number of files that no clone is tried for, because one failed with EXDEV. */
	unsigned int skip_clone_for;
};

/** The cache; to be initialised by fs_pair_cache_init. */
struct fs_pair_cache {
	/** Protects the fields below. */
	pthread_mutex_t lock;
	/** The pairs, in the order in which they were added. */
	struct fs_pair *pairs;
	/** Number of pairs. */
	size_t count;
	/** Number of pairs allocated. */
	size_t room;
};

/** Initialise an empty cache. */
void fs_pair_cache_init(struct fs_pair_cache *cache);

/** What is known about copies from @src to @dst; only these two are set if nothing is. */
struct fs_pair fs_pair_get(struct fs_pair_cache *cache, dev_t src, dev_t dst);

/** Replace what is known about the pair. Does nothing if memory is short. */
void fs_pair_put(struct fs_pair_cache *cache, const struct fs_pair *pair);

/** Free the memory. No other thread may use the cache any more. */
void fs_pair_cache_done(struct fs_pair_cache *cache);

#endif
