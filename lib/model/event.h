/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The fields of an event, which api/event.c reads for the caller.
 */
#ifndef OVL_MODEL_EVENT_H
#define OVL_MODEL_EVENT_H

#include "ovlcp.h"

/**
 * An event. All-zero fields mean what the accessors in ovlcp.h say of 0 and "". Strings are
 * borrowed; NULL becomes "" when the event is emitted.
 */
struct ovlcp_event {
	/** What happened. */
	enum ovlcp_event_type type;
	/** Path of the source. */
	const char *src;
	/** Path of the destination. */
	const char *dst;
	/** errno (positive) of the failure; 0 if there was none. */
	int error;
	/** The operation that failed, or the check that refused. */
	enum ovlcp_op op;
	/** The operation of refusal_error. */
	enum ovlcp_op refusal_op;
	/** errno (positive) of the first method that was refused; 0 if none was. */
	int refusal_error;
	/** How the data was copied or shared. */
	enum ovlcp_method method;
	/** Id of the row of the plan that chose the method. */
	const char *row;
	/** Text of that row. */
	const char *row_text;
	/** Why the data is not shared. */
	enum ovlcp_reason reason;
	/** Bytes written to the destination. */
	uint64_t written;
	/** Bytes that the destination shares. */
	uint64_t shared;
	/** Bytes that a copy-up of the source wrote. */
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
	/** Whether the destination's filesystem can clone: 1 yes, 0 no, -1 unknown. */
	int can_clone;
	/** When the event happened, in nanoseconds of CLOCK_MONOTONIC. */
	uint64_t time_ns;
	/** Path of a third file: a backup, or the existing file of a hard link. */
	const char *other;
	/** st_mode of the existing destination that a question is about. */
	mode_t mode;
	/** Type of the source's filesystem. */
	const char *src_fs;
	/** Type of the destination's filesystem. */
	const char *dst_fs;
};

/** An error where it occurred: the operation and its errno. All-zero means no error. */
struct err {
	/** errno (positive); 0 means no error. */
	int code;
	/** The operation that failed. */
	enum ovlcp_op op;
};

#endif
