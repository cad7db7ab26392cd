/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What is kept of a copy from one call to the next: how the source looked when it was read, and the
 * copy when it was complete.
 */
#ifndef OVL_MODEL_COPY_RECORD_H
#define OVL_MODEL_COPY_RECORD_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

/** What tells a file from others, and what changes with every change of it. */
struct file_look {
	/** Id of its mount that no other mount gets (sys_unique_mount_id); 0 if there is none. */
	uint64_t mount;
	/** st_dev. */
	uint64_t dev;
	/** st_ino. */
	uint64_t ino;
	/** Size in bytes. */
	uint64_t size;
	/** st_mtim. */
	struct timespec mtime;
	/** st_ctim, which no program can choose. */
	struct timespec ctime;
};

/** A copy that was made of a source. */
struct copy_record {
	/** The source, before its first byte was read. */
	struct file_look src;
	/** The copy, when it was complete. */
	struct file_look copy;
	/** A number for the extents of the copy, after it was cloned; 0: not known. */
	uint64_t extents;
	/** st_dev of its directory: there is a record for each filesystem that a source is copied
	 * to. */
	uint64_t dir_dev;
	/** What its attributes depend on besides the source (plan_making). */
	uint64_t making;
	/** Number of the start of the system (sys_boot_number). */
	uint64_t boot;
	/** sys_clock_offset before the source was looked at. */
	int64_t clock_offset;
	/** CLOCK_REALTIME then, in seconds. */
	int64_t time;
	/** Whether the copy has holes: those of its source, or what another process has cut off by
	    its name (truncate(2)) while it was made. */
	bool may_be_cut;
	/** Whether every later change of the copy gets another ctime: the clock has gone on since,
	    or it is fine enough. */
	bool is_settled;
};

#endif
