/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The filesystems that a call has written to, for one syncfs(2) of each at its end.
 */
#ifndef OVL_SESSION_WRITTEN_FS_H
#define OVL_SESSION_WRITTEN_FS_H

#include "session/emit.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct written_fs;

/** What syncfs(2) of a filesystem leaves out; each leaves out more than the one before. */
enum syncfs_lack {
	/** Not asked yet. */
	SYNCFS_LACK_UNKNOWN = 0,
	/** Nothing. */
	SYNCFS_LACKS_NOTHING,
	/** It does not tell of data that could not be written. */
	SYNCFS_LACKS_ERRORS,
	/** It may write nothing to stable storage. */
	SYNCFS_LACKS_ALL,
};

/** The list; all-zero is empty. */
struct written_fs_list {
	/** The filesystems; owned. */
	struct written_fs *list;
	/** Number of them. */
	size_t count;
	/** Number that the list has room for. */
	size_t room;
};

/** Whether the filesystem with the st_dev @dev is in the list. */
bool written_fs_has(const struct written_fs_list *l, dev_t dev);

/** What syncfs(2) of the filesystem with the st_dev @dev leaves out, if it is in the list. */
enum syncfs_lack written_fs_lack(const struct written_fs_list *l, dev_t dev);

/**
 * Add a filesystem that is not in the list.
 * @fd: any file on it, but not O_PATH; it is duplicated. @path: that file, for messages; copied.
 * @lack: what written_fs_lack is to return. Returns 0, or -errno.
 */
int written_fs_add(struct written_fs_list *l, dev_t dev, int fd, const char *path,
		   enum syncfs_lack lack);

/**
 * Write each filesystem to stable storage, and empty the list. That includes what other processes
 * have written there. An error of writing since written_fs_add is returned (syncfs(2), Linux 5.8).
 * @events: receives the failures. Returns 0, or the first -errno.
 */
int written_fs_sync(struct written_fs_list *l, struct event_sink *events);

/** Free the list without writing anything. */
void written_fs_done(struct written_fs_list *l);

#endif
