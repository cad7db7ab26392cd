/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The range that a clone shares in place of a sendfile, which never shares by itself.
 */
#ifndef OVL_RUN_SENDFILE_RANGE_H
#define OVL_RUN_SENDFILE_RANGE_H

#include "run/files.h"

#include <sys/types.h>

/** A sendfile(2) between two regular files. */
struct sendfile_request {
	/** Where it begins to read, in bytes: *offset, or the position of the source. */
	off_t src_off;
	/** Where it begins to write, in bytes: the position of the destination. */
	off_t dst_off;
	/** Bytes that are asked for. */
	uint64_t count;
	/** The largest file that the process may write, in bytes (RLIMIT_FSIZE). */
	uint64_t size_limit;
	/** Flags of the open destination (F_GETFL). */
	int dst_flags;
};

/**
 * What a clone has to share so that it does what the sendfile @q does. The caller then moves the
 * offsets by the length, which is the result of the sendfile.
 *
 * @f: of both files. @ret_r: set if it can be done. Returns whether a clone can do it: the range is
 * not empty, it begins and ends with a block or with the source, and the sendfile would neither
 * fail nor be cut short.
 */
bool sendfile_range(const struct files_facts *f, const struct sendfile_request *q,
		    struct files_range *ret_r);

#endif
