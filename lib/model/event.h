/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The inside of an event: what api/event.c reads and session/emit.c fills.
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
	/** Id of the row that chose the method, or that gave up; static. */
	const char *row;
	/** Why that row was chosen, in words; static. */
	const char *row_text;
	/** Why the data is not shared with the source. */
	enum ovlcp_reason reason;
	/** Bytes. */
	uint64_t written;
	/** Bytes. */
	uint64_t shared;
	/** The first method that was refused; none if the first one worked. */
	struct err refusal;
	/** Whether the filesystem of the destination can clone: 1, 0 or -1 (not known). */
	int can_clone;
};

/** See the accessors in ovlcp.h for each field. Strings are borrowed. */
struct ovlcp_event {
	enum ovlcp_event_type type;
	const char *src;
	const char *dst;
	struct err err;
	struct outcome outcome;
	/** Bytes. */
	uint64_t copied_up;
	/** Bytes. */
	uint64_t hole;
	/** Bytes. */
	uint64_t size;
	enum ovlcp_layer layer;
	bool src_on_overlay;
	bool dst_on_overlay;
	dev_t src_dev;
	dev_t dst_dev;
	/** CLOCK_MONOTONIC, nanoseconds. */
	uint64_t time_ns;
	const char *other;
	mode_t mode;
	const char *src_fs;
	const char *dst_fs;
};

#endif
