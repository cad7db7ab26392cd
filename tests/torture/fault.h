/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Faults of the functions that the fault binary wraps: which call fails, and how.
 */
#ifndef TORTURE_FAULT_H
#define TORTURE_FAULT_H

#include <stddef.h>

/** The descriptor that the binary writes its log to, if it is open when it starts. */
#define FAULT_LOG_FD 999

/** What happens to a call. */
enum fault_kind {
	/** Nothing. */
	FAULT_NONE,
	/** It fails with an error. */
	FAULT_ERROR,
	/** It does a part of what it was asked for. */
	FAULT_SHORT,
	/** It returns 0, having done nothing. */
	FAULT_ZERO,
};

/** The fault of one call. */
struct fault {
	/** What happens. */
	enum fault_kind kind;
	/** The errno of FAULT_ERROR. */
	int error;
};

/** Count a call of the function @index of fault_names, and say what becomes of it. */
struct fault fault_next(int index);

/** Part of @len, at least @least unless @len is less. */
static inline size_t fault_part(size_t len, size_t least)
{
	return len / 3 > least ? len / 3 : len < least ? len : least;
}

/** The names after those of lib/sys: allocations of memory, threads, streams. */
#define FAULT_NAMES_OF_LIBC "alloc", "thread", "fopen"

/** The names of the functions, without sys_; generated. */
extern const char *const fault_names[];
/** The number of names; generated. */
extern const int fault_count;
/** The index of "alloc"; generated. */
extern const int fault_alloc;
/** The index of "thread"; generated. */
extern const int fault_thread;
/** The index of "fopen"; generated. */
extern const int fault_fopen;

#endif
