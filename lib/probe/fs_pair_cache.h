/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What pairs of filesystems have shown, for the time of a session.
 *
 * Filesystems are known by the device number of their files (st_dev). That a pair does not know
 * an operation is remembered for good. EXDEV is not: on overlayfs it is a property of one file,
 * and lasts until that file is copied up; only that neighbours were refused is, for a while.
 * May be used by several threads at a time.
 */
#ifndef OVL_PROBE_CAPS_H
#define OVL_PROBE_CAPS_H

#include "model/facts.h"

#include <pthread.h>
#include <sys/types.h>

/** What is known of one pair; all-zero is nothing. */
struct fs_pair {
	/** Where files come from. */
	dev_t src;
	/** Where they go to. */
	dev_t dst;
	/** Whether FICLONE is known there. */
	enum answer clones;
	/** How the two lie in overlays. */
	enum overlay_relation relation;
	/** Whether the first is on an overlay and the second is not. */
	bool leaves_overlay;
	/** Whether it is the other way round. */
	bool enters_overlay;
	/** Whether copy_file_range was refused with EXDEV, and no overlay was the reason. */
	bool range_refused;
	/** Whether copy_file_range is known to do no more there than copy bytes. */
	enum answer range_copies;
	/** Whether a source's own file was sought in a layer in vain. */
	bool hides_layers;
	/** How many files it is not worth trying to clone, because one was refused with EXDEV. */
	unsigned int skip_clone_for;
};

/** The memory; to be made by fs_pair_cache_init. */
struct fs_pair_cache {
	pthread_mutex_t lock;
	struct fs_pair *pairs;
	size_t count;
	size_t room;
};

/** Make an empty memory. */
void fs_pair_cache_init(struct fs_pair_cache *caps);

/** What is known about files from @src to @dst. */
struct fs_pair fs_pair_get(struct fs_pair_cache *caps, dev_t src, dev_t dst);

/** Remember @pair in place of what was known. Forgets when memory is short. */
void fs_pair_put(struct fs_pair_cache *caps, const struct fs_pair *pair);

/** Free the memory. */
void fs_pair_cache_done(struct fs_pair_cache *caps);

#endif
