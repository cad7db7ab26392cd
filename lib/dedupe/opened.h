/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A regular file, open for reading, that is source or destination of a deduplication.
 */
#ifndef OVL_DEDUPE_OPENED_H
#define OVL_DEDUPE_OPENED_H

#include "model/event.h"

#include <stdbool.h>
#include <sys/stat.h>

/** The file. */
struct opened {
	/** Its descriptor; owned. */
	int fd;
	/** Its stat after it was opened. */
	struct stat st;
	/** Its path, for events; borrowed. */
	const char *path;
};

/**
 * Open @name in @at_fd with @flags, O_RDONLY and O_NONBLOCK, without a change of its atime
 * (O_NOATIME) where that is permitted: to its owner and root. A descriptor, or -errno.
 */
int opened_quietly(int at_fd, const char *name, int flags);

/**
 * Open a regular file. Anything else is not opened: to open a device can do something.
 *
 * @f: path is set by the caller; fd and st are set here, fd to -EBADF on failure.
 * @side: whether it is the source or the destination, for the error.
 * @follow: whether a symbolic link of that name is followed.
 * Returns 0; or -errno, with *@ret_err set.
 */
int opened_open(struct opened *f, enum ovlcp_side side, int at_fd, const char *name, bool follow,
		struct err *ret_err);

/**
 * The same for the file @below the directory @top_fd: a relative path of any length, no component
 * of which is followed if it is a symbolic link.
 */
int opened_open_below(struct opened *f, enum ovlcp_side side, int top_fd, const char *below,
		      struct err *ret_err);

/** Whether @below the directory @top_fd is a directory, by the same way. 0, or -errno. */
int opened_check_directory(int top_fd, const char *below);

/** Close it, if it is open. */
void opened_close(struct opened *f);

#endif
