/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The inside of an event: what api/event.c reads and session/emit.c fills.
 */
#ifndef OVL_MODEL_EVENT_H
#define OVL_MODEL_EVENT_H

#include "ovlcp.h"

/** See the accessors in ovlcp.h for each field. Strings are borrowed. */
struct ovlcp_event {
	enum ovlcp_event_type type;
	const char *src;
	const char *dst;
	/** errno, positive. */
	int error;
	enum ovlcp_op op;
	enum ovlcp_op refusal_op;
	/** errno, positive. */
	int refusal_error;
	enum ovlcp_method method;
	const char *row;
	const char *row_text;
	enum ovlcp_reason reason;
	/** Bytes. */
	uint64_t written;
	/** Bytes. */
	uint64_t shared;
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
	/** 1, 0 or -1. */
	int can_clone;
	/** CLOCK_MONOTONIC, nanoseconds. */
	uint64_t time_ns;
	const char *other;
	mode_t mode;
	const char *src_fs;
	const char *dst_fs;
};

/** A failure where it was noticed: the call and its errno. All-zero is no failure. */
struct err {
	/** errno, positive; 0 if all is well. */
	int code;
	/** What was being done. */
	enum ovlcp_op op;
};

#endif
