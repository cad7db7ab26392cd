/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Copy-ups that are not asked for: overlayfs copies a file of a lower layer up when it is linked,
 * renamed or opened for writing.
 */
#ifndef OVL_TARGET_LOWER_FILE_H
#define OVL_TARGET_LOWER_FILE_H

#include "session/session.h"

#include <stdbool.h>
#include <stdint.h>

/** A file that is to be changed; everything is borrowed. */
struct lower_file_question {
	/** Directory that name is relative to, or AT_FDCWD. */
	int dir_fd;
	/** Path relative to dir_fd. */
	const char *name;
	/** Whether a symbolic link of that name is followed. */
	bool follow;
	/** Whether it is opened for writing, without O_TRUNC; otherwise it is linked or renamed,
	   which copies up the metadata only if the overlay allows that (metacopy=on). */
	bool opens;
};

/** What the change does besides. */
struct lower_file_effect {
	/** Whether the file is not on an overlay, nor others with its st_dev are. */
	bool is_plain;
	/** Bytes that the copy-up writes; 0 if there is none, or it is known to be a clone. */
	uint64_t bytes;
	/** Whether it separates the file from its other hard links, or may do so: the overlay is
	   not known to be mounted with index=on. */
	bool splits_links;
};

/**
 * Find out what a change of the file copies up; measured on Linux 6.18. Changes nothing. All-zero
 * if the file is not a regular file on a lower layer, or that cannot be told (probe/layer.h).
 */
struct lower_file_effect lower_file_effect(struct ovlcp *o, const struct lower_file_question *q);

#endif
