/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What the threads of a session have done so far, and the step that one of them is at.
 *
 * Any thread may read it at any time, a signal handler, too: it consists of atomic numbers.
 */
#ifndef OVL_EXEC_PROGRESS_H
#define OVL_EXEC_PROGRESS_H

#include "ovlcp.h"

#include <stdatomic.h>
#include <stdint.h>

/** Bytes of a session, as in struct ovlcp_progress. */
struct exec_bytes {
	/** That destinations have, written, shared or as holes. */
	uint64_t done;
	/** Written to destinations. */
	uint64_t written;
	/** Shared by destinations. */
	uint64_t shared;
	/** Written by copy-ups of sources. */
	uint64_t copied_up;
};

/** The progress of a session. All-zero at the start. */
struct exec_progress {
	/** The sums of struct exec_bytes. */
	_Atomic uint64_t done, written, shared, copied_up;
	/** Number of the step whose values are below; 0: none. */
	_Atomic uint64_t shown;
	/** Number of the last step that was begun. */
	_Atomic uint64_t last_number;
	/** What it is: an enum ovlcp_step. */
	_Atomic uint32_t kind;
	/** A file that grows as far as the step has come, or -EBADF. */
	_Atomic int fd;
	/** How far it has come, in bytes. */
	_Atomic uint64_t step_done;
	/** Of how many bytes. */
	_Atomic uint64_t step_size;
	/** When it was begun (CLOCK_MONOTONIC, nanoseconds). */
	_Atomic uint64_t begin_ns;
};

/** A step of one thread. All-zero: none, and no progress that it is part of. */
struct exec_step {
	/** The progress that it is part of; borrowed. */
	struct exec_progress *progress;
	/** Its number; 0: it was not begun. */
	uint64_t number;
	/** What it is. */
	enum ovlcp_step kind;
	/** As in struct exec_progress. */
	int fd;
	/** Of how many bytes. */
	uint64_t size;
	/** When it was begun. */
	uint64_t begin_ns;
};

/** Add to the sums of @p. @n: negative numbers are those that wrap. */
void exec_progress_add(struct exec_progress *p, struct exec_bytes n);

/** Read @p: all of @ret_p but its size. */
void exec_progress_read(const struct exec_progress *p, struct ovlcp_progress *ret_p);

/**
 * Begin a step. It is shown unless another thread's is; one of a single system call, which has no
 * exec_step_advance, always is.
 * @p: borrowed until exec_step_end; NULL: the step is not counted.
 * @fd: a new file that grows as far as the step has come, open until exec_step_end; or -EBADF.
 */
void exec_step_begin(struct exec_step *s, struct exec_progress *p, enum ovlcp_step kind,
		     uint64_t size, int fd);

/** Show that the step has come to @done bytes. */
void exec_step_advance(struct exec_step *s, uint64_t done);

/** End the step. */
void exec_step_end(struct exec_step *s);

#endif
