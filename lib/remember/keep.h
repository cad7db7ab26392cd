/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Records a copy: that it is one, and that no other process could change it before it was recorded.
 */
#ifndef OVL_REMEMBER_KEEP_H
#define OVL_REMEMBER_KEEP_H

#include "remember/memory.h"
#include "remember/recall.h"

#include <sys/stat.h>

/** A copy in the making; all-zero is none. */
struct kept_copy {
	/** Whether it is recorded when it is complete. */
	bool is_active;
	/** Number of its watch. */
	int number;
	/** memory.watch_count when it began: all watches of that count end together. */
	unsigned int watch;
	/** The source before its first byte was read. */
	struct file_look src;
	/** How the copy is made: plan_making. */
	uint64_t making;
	/** sys_clock_offset before the look at the source. */
	int64_t clock_offset;
};

/** What is copied. Descriptors are borrowed. */
struct keep_question {
	/** The source, open for reading. */
	int src_fd;
	/** Its st_dev. */
	dev_t src_dev;
	/** Its size in bytes, that is to be copied. */
	uint64_t size;
	/** The destination, new and still empty, open for writing. */
	int dst_fd;
	/** Its st_dev. */
	dev_t dst_dev;
	/** Its directory, or AT_FDCWD. */
	int dst_dir_fd;
	/** Its name there; NULL: it gets one when it is complete. */
	const char *dst_name;
	/** How the copy is made: plan_making. */
	uint64_t making;
	/** Whether both are on one overlay. */
	bool is_one_overlay;
};

/**
 * Begin to watch a copy, just before its first byte is written. @ret_k is not active if the copy
 * cannot be recorded: the source may be changing, or its filesystem does not tell of changes, or
 * another process has one of the two open.
 */
void keep_begin(struct memory *m, const struct keep_question *q, struct kept_copy *ret_k);

/**
 * Note that the active copy @k is complete, with its attributes and its name @name in @dir_fd.
 *
 * @r: of the search for a copy of the source; what it has is taken. @src_fd, @dst_fd, @dir_fd:
 * borrowed. Does nothing if the source has changed meanwhile.
 */
void keep_complete(struct memory *m, const struct kept_copy *k, struct recalled *r, int src_fd,
		   int dst_fd, int dir_fd, const char *name);

/**
 * Begin to watch the copy @r of an earlier call, which gets one more hard link: that gives it
 * another ctime. @ret_k is not active if it has changed, or another process may write to it.
 */
void keep_begin_link(struct memory *m, const struct recalled *r, struct kept_copy *ret_k);

/** Note that the copy @r, watched as the active @k, has its new link. Takes what @r has. */
void keep_complete_link(struct memory *m, const struct kept_copy *k, struct recalled *r);

#endif
