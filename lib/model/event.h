/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The fields of an event, which api/event.c reads for the caller.
 */
#ifndef OVL_MODEL_EVENT_H
#define OVL_MODEL_EVENT_H

#include "ovlcp.h"

/** A failure where it was noticed: the call and its errno. All-zero is no failure. */
struct err {
	/** errno, positive; 0 for success, and for a check that no system call has made. */
	int code;
	/** What was being done. */
	enum ovlcp_op op;
};

/** How the data of a destination was provided; filled step by step, and part of its event. */
struct outcome {
	enum ovlcp_method method;
	/** Id of the rule that chose the method, or that gave up; static. */
	const char *rule;
	/** Why that rule was chosen, in words; static. */
	const char *rule_text;
	/** Why the data is not shared with the source. */
	enum ovlcp_reason reason;
	/** Bytes written to the destination. */
	uint64_t written;
	/** Bytes that the destination shares. */
	uint64_t shared;
	/** The first method that was refused; none if the first one worked. */
	struct err refusal;
	/** errno of the copy-up of the source; 0 if it succeeded or was not tried. */
	int copy_up_error;
	/** Whether the filesystem of the destination can clone: 1, 0 or -1 (not known). */
	int can_clone;
};

/** See the accessors in ovlcp.h for each field. Strings are borrowed. */
struct ovlcp_event {
	enum ovlcp_event_type type;
	/** Number of the destination; 0: the sink has it, or it is about none. */
	uint64_t id;
	const char *src;
	const char *dst;
	struct err err;
	struct outcome outcome;
	/** Bytes. */
	uint64_t copied_up;
	/** Bytes of the source that are holes. */
	uint64_t hole;
	/** Size of the source in bytes. */
	uint64_t size;
	/** Layer that the source's data was on before the copy. */
	enum ovlcp_layer layer;
	/** Whether the source is on an overlay. */
	bool src_on_overlay;
	/** Whether the destination is on an overlay. */
	bool dst_on_overlay;
	/** st_dev of the source. */
	dev_t src_dev;
	/** st_dev of the destination. */
	dev_t dst_dev;
	/** CLOCK_MONOTONIC, nanoseconds. */
	uint64_t time_ns;
	/** Path of a third file: a backup, or the existing file of a hard link. */
	const char *other;
	/** st_mode of the existing destination that a question is about. */
	mode_t mode;
	/** How the copy was compared with its source. */
	enum ovlcp_verified verified;
	/** OVLCP_OP_VERIFY: offset in bytes of the first difference. */
	uint64_t offset;
	/** Whether it got its name when it was complete. */
	bool atomic;
	/** When it is written to stable storage. */
	enum ovlcp_fsync fsync;
	/** Type of the source's filesystem. */
	const char *src_fs;
	/** Type of the destination's filesystem. */
	const char *dst_fs;
};

#endif
