/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * One step on the data of one destination: copy_file_range, or read and write.
 *
 * No function here falls back to another method: each carries out its step, reports how far it got,
 * and leaves the rest to the plan.
 */
#ifndef OVL_EXEC_DATA_H
#define OVL_EXEC_DATA_H

#include "exec/progress.h"
#include "ovlcp.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/** Size in bytes of the buffer for read and write. */
#define EXEC_BUFFER_SIZE ((size_t)256 << 10)

struct exec_copy;

/** Takes the data that is read, instead of exec_copy.dst_fd. */
struct exec_writer {
	/** Write @len bytes at x->done, and advance x->done. Returns 0, or -errno. */
	int (*write_data)(struct exec_copy *x, const char *data, size_t len);
	/** Set the length to @size bytes: a hole, or the end of the file. Returns 0, or -errno. */
	int (*set_length)(struct exec_copy *x, uint64_t size);
};

/** A copy of bytes and its progress. Descriptors and memory are borrowed. */
struct exec_copy {
	/** Source, open for reading. */
	int src_fd;
	/** Destination, open for writing and empty at the start. */
	int dst_fd;
	/** Size of the source in bytes when it was opened. */
	uint64_t size;
	/** Whether the source can be read at offsets (pread); otherwise it is read as a stream. */
	bool src_seekable;
	/** Whether the destination can be written at offsets (pwrite); otherwise as a stream. */
	bool dst_seekable;
	/** Whether the source may have holes; they become holes of the destination. */
	bool sparse;
	/** Whether blocks of zeros become holes, even where the source has none. Set when the first
	    data is read if the source hides its holes (data_segment_hides_holes). */
	bool punch;
	/** EXEC_BUFFER_SIZE bytes for exec_read_write. */
	void *buffer;
	/** Takes the data that is read; NULL means dst_fd. */
	const struct exec_writer *writer;
	/** st_dev of the destination: destinations on one filesystem compete for its space. */
	dev_t dst_dev;
	/** Set by another thread or a signal handler: stop with -ECANCELED. */
	const atomic_bool *cancelled;
	/** The same, set by another part of this copy (exec/split.h); NULL: there is none. */
	const atomic_bool *stopped;
	/** Where it is counted what was done; NULL: nowhere. */
	struct exec_progress *progress;
	/** The step that is shown there; used by the functions below. */
	struct exec_step step;
	/** What of done and written was counted there. */
	struct exec_bytes counted;
	/** Where all parts of a copy add up what they have done, in bytes, which is shown; NULL:
	   done is shown. */
	_Atomic uint64_t *sum_done;
	/** Out: the copy is complete up to this offset, in bytes. */
	uint64_t done;
	/** Out: where the last data that was read ends, in bytes. */
	uint64_t data_end;
	/** With punch: where the last data that was written ends, in bytes. */
	uint64_t written_end;
	/** Out: bytes written, without holes. */
	uint64_t written;
	/** Out: whether something was read, which a stream does not return again. */
	bool consumed;
	/** Out: the operation that failed, after an error. */
	enum ovlcp_op failed_op;
};

/** Returned by exec_range: copy_file_range returned 0 before the end of the source. By
    exec_read_write_part: the source has ended. */
#define EXEC_SHORT 1

/**
 * Copy with copy_file_range(2), in pieces of nearly 2 GiB, from x->done up to x->size.
 *
 * Returns 0, EXEC_SHORT, or -errno; the next method continues at x->done.
 */
int exec_range(struct exec_copy *x);

/**
 * Copy with read(2) and write(2), from x->done to the end of the source. From the start on it
 * continues without offsets where a file has none (ESPIPE): it clears x->src_seekable or
 * x->dst_seekable then. Returns 0, or -errno.
 */
int exec_read_write(struct exec_copy *x);

/**
 * Copy a part with read(2) and write(2), from x->done up to the offset @end, in bytes, which lies
 * within the source. Neither sets the length of the destination nor begins a step that is shown.
 *
 * Returns 0; EXEC_SHORT if the source has ended before; or -errno.
 */
int exec_read_write_part(struct exec_copy *x, uint64_t end);

/**
 * Write @len bytes to x->dst_fd at x->done; with x->punch blocks of zeros are left out.
 *
 * Returns 0, or -errno; x->done is advanced by what was written.
 */
int exec_write(struct exec_copy *x, const char *data, size_t len);

/** With x->punch: give back what the filesystem has allocated from the last data to @end, as XFS
    does for writes to come: it would stay allocated. Only space is lost if that fails. */
void exec_free_hole(struct exec_copy *x, uint64_t end);

/** Count what was done since the last call, or was undone, in x->progress. */
void exec_count(struct exec_copy *x);

/**
 * Empty @fd again. What another step writes leaves out the holes, so nothing of a step that failed,
 * or that was a sample, may be left there. Returns @result; or -errno if it cannot be emptied.
 */
int exec_discard(int fd, int result);

#endif
