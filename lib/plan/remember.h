/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What proves that a file is still what was recorded. docs/decisions/0023-copies-remembered.md has
 * the argument.
 */
#ifndef OVL_PLAN_REMEMBER_H
#define OVL_PLAN_REMEMBER_H

#include "model/copy_record.h"
#include "model/facts.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

/** What a filesystem tells of changes of its files. */
enum change_trail {
	/** Unknown, or no more than times that any program can set: FUSE, FAT, tmpfs (which keeps
	    the ctime when a mapping is written). */
	TRAIL_NONE = 0,
	/** Every change gets a new ctime. */
	TRAIL_CTIME,
	/** Nothing can change. */
	TRAIL_FIXED,
	/** An overlay: that of the layer which the file is on. */
	TRAIL_OVERLAY,
};

/** The trail of the filesystem with the magic number @magic (statfs(2)). */
enum change_trail plan_change_trail(uint64_t magic);

/** Whether a copy of a source of @size bytes is recorded, and looked for. */
bool plan_is_memorable(uint64_t size, const struct ovlcp_options *opt);

/**
 * Whether each change from now on gives a file whose ctime is @ctime another one.
 * @now: the coarse clock.
 */
bool plan_is_settled(struct timespec ctime, struct timespec now);

/** The look of a file whose stat is @st, on a mount with the unique id @mount. */
struct file_look plan_look(const struct stat *st, uint64_t mount);

/** Whether two looks are at one file that was not changed in between. */
bool plan_looks_equal(const struct file_look *a, const struct file_look *b);

/**
 * Whether the clock was set since @record was made: then the ctime of a later change may be that of
 * the record. @clock_offset: sys_clock_offset now. @time: CLOCK_REALTIME, in seconds.
 */
bool plan_was_clock_set(const struct copy_record *record, int64_t clock_offset, int64_t time);

/**
 * A number for what gives a copy other attributes than another copy of the same source has: the
 * options, the umask and the effective group. 0: two copies may differ all the same.
 */
uint64_t plan_making(const struct ovlcp_options *opt, mode_t umask, gid_t gid);

/** Whether @record is too old at @time, CLOCK_REALTIME in seconds. */
bool plan_is_expired(const struct copy_record *record, int64_t time);

/** Whether both files have to be read and compared before the copy @record is used. */
bool plan_needs_comparison(const struct copy_record *record, const struct ovlcp_options *opt);

#endif
