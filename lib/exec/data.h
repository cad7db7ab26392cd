/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Carrying out one step on the data of one destination.
 *
 * No function here falls back to another method: it does its step, says how far it came,
 * and leaves the rest to the plan.
 */
#ifndef OVL_EXEC_DATA_H
#define OVL_EXEC_DATA_H

#include "model/event.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/** Bytes read and written at a time. */
#define EXEC_BUFFER_SIZE ((size_t)256 << 10)

struct exec_copy;

/** Where bytes go that are read, if that is not x->dst_fd. */
struct exec_sink {
	/** Take @len bytes that belong at x->done, and move it on. 0 or -errno. */
	int (*put)(struct exec_copy *x, const char *data, size_t len);
	/** The file ends at @size, or has a hole up to there. 0 or -errno. */
	int (*set_length)(struct exec_copy *x, uint64_t size);
};

/** A copy of bytes, and how far it has come. Descriptors and memory are borrowed. */
struct exec_copy {
	/** Source, open for reading. */
	int src_fd;
	/** Destination, open for writing and empty at the start. */
	int dst_fd;
	/** Size of the source in bytes when it was opened. */
	uint64_t size;
	/** Whether the source can be read at offsets; otherwise from front to end. */
	bool src_seekable;
	/** Whether the destination can be written at offsets; likewise. */
	bool dst_seekable;
	/** Whether the source may hold holes, which are then kept. */
	bool sparse;
	/** Whether blocks of zeros become holes, even where the source has none. */
	bool punch;
	/** EXEC_BUFFER_SIZE bytes for exec_read_write. */
	void *buffer;
	/** NULL for dst_fd. */
	const struct exec_sink *sink;
	/** Filesystem of the destination: who fills it up leaves no room for others there. */
	dev_t dst_dev;
	/** Set from outside: stop with -ECANCELED. */
	const atomic_bool *cancelled;
	/** Out: the copy is complete up to this offset, in bytes. */
	uint64_t done;
	/** Out: bytes written, holes not counted. */
	uint64_t written;
	/** Out: whether anything was read, which a stream does not give twice. */
	bool consumed;
	/** Out: what was being done when an error came up. */
	enum ovlcp_op failed_op;
};

/** What exec_range returns when the kernel copied nothing although more is to come. */
#define EXEC_SHORT 1

/**
 * Copy with copy_file_range(2), in pieces of nearly 2 GiB, up to x->size.
 * Returns 0, EXEC_SHORT, or -errno; x->done tells where to go on.
 */
int exec_range(struct exec_copy *x);

/** Copy with read(2) and write(2) from x->done to the end of the source. 0 or -errno. */
int exec_read_write(struct exec_copy *x);

/** Write bytes that belong at x->done, as x->punch has it. 0 or -errno; x->done tells how far. */
int exec_write(struct exec_copy *x, const char *data, size_t len);

#endif
