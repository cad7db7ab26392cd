/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The two files of a call.
 */
#ifndef OVL_RUN_FILES_H
#define OVL_RUN_FILES_H

#include <stdbool.h>
#include <stdint.h>

/** What is true of them. */
struct files_facts {
	/** Both are regular files on one mount of an overlay. */
	bool is_one_overlay;
	/** A clone fails with EXDEV: the source is on a lower layer, on another filesystem than the
	    upper one. */
	bool is_apart;
	/** Size of the source in bytes. */
	uint64_t size;
	/** Size in bytes of the blocks that a clone shares, of the upper filesystem. */
	uint64_t block_size;
	/** The source is on a lower layer, and who opens it once more takes a lease away from the
	    caller (F_SETLEASE, F_WRLCK), and waits for it. */
	bool is_leased;
};

/** Look at @src_fd, open for reading, and @dst_fd, open for writing. Changes nothing. */
struct files_facts files_look(int src_fd, int dst_fd);

/** A part of the source, and where it goes to. */
struct files_range {
	/** Offset in the source, in bytes. */
	uint64_t src_off;
	/** Offset in the destination, in bytes. */
	uint64_t dst_off;
	/** Length in bytes. */
	uint64_t len;
};

/** Share the range @r (FICLONERANGE). 0, or -errno. */
int files_clone(int src_fd, int dst_fd, const struct files_range *r);

#endif
