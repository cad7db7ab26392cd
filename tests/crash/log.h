/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The log of disk.c: for each write its place and its data, in the order in which the disk got
 * them.
 */
#ifndef OVL_TESTS_CRASH_LOG_H
#define OVL_TESTS_CRASH_LOG_H

#include <stdbool.h>
#include <stdint.h>

/** One request. */
struct log_record {
	/** Where on the disk, in bytes. */
	uint64_t offset;
	/** How many bytes of data follow; 0: a flush, after which everything before it is durable.
	 */
	uint64_t size;
};

#endif
