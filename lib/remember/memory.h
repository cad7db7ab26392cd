/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What a call has of the copies that are remembered: the open table, and what is known of
 * filesystems. Used by one thread.
 */
#ifndef OVL_REMEMBER_MEMORY_H
#define OVL_REMEMBER_MEMORY_H

#include "model/facts.h"
#include "plan/remember.h"
#include "remember/store.h"

#include <limits.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct pending;

/** A record with its paths as it is stored: that of the source, then that of the copy. */
struct remembered {
	/** The record. */
	struct copy_record record;
	/** Two absolute paths, each ended by a NUL byte. */
	char paths[2 * PATH_MAX];
};

/** What is known of the filesystem of the files with one st_dev. */
struct memory_fs {
	/** st_dev. */
	dev_t dev;
	/** Unique id of a mount of it; 0 if the kernel has none. */
	uint64_t mount;
	/** What it tells of changes. */
	enum change_trail trail;
	/** Of an overlay: whether its upper layer has one. */
	enum answer upper_tells;
	/** Whether two changes within a tick of the clock get two ctimes. */
	enum answer is_fine;
};

/** Which of the two. */
enum memory_side {
	/** The directory of a source. */
	MEMORY_SOURCE,
	/** The directory of a copy. */
	MEMORY_COPY,
	/** Number of sides. */
	MEMORY_SIDES,
};

/** A directory with the path that it had when it was asked for. */
struct known_dir {
	/** st_dev. */
	dev_t dev;
	/** st_ino. */
	ino_t ino;
	/** Whether what is made in it gets attributes of it: a group, a default list. */
	enum answer gives_attributes;
	/** Bytes of path; 0: nothing is known. */
	size_t len;
	/** Absolute path, not ended by a NUL byte; PATH_MAX bytes, owned. NULL before the first:
	    every session has a memory, and few remember anything. */
	char *path;
};

/** The memory; to be initialized by memory_init. */
struct memory {
	/** The table. */
	struct store store;
	/** Result of opening it: 0, or -errno; 1 before. */
	int opened;
	/** Number of the start of the system; 0 if that is unknown. */
	uint64_t boot;
	/** Effective user. */
	uid_t uid;
	/** Effective group. */
	gid_t gid;
	/** The last directories of a source and of a copy. */
	struct known_dir dirs[MEMORY_SIDES];
	/** Copies that were found soon after they had been made. */
	unsigned int recent;
	/** inotify: who opens the copies in the making; -EBADF if there is none. Owned. */
	int watch_fd;
	/** Counts how often watch_fd was replaced. */
	unsigned int watch_count;
	/** Filesystems; owned. */
	struct memory_fs *fs;
	/** Number of them. */
	size_t fs_count;
	/** Number that the list has room for. */
	size_t fs_room;
	/** Complete copies that are not in the table yet; owned. */
	struct pending *pending;
	/** Number of them. */
	size_t pending_count;
	/** Number that the list has room for. */
	size_t pending_room;
};

/** Initialize an empty memory. */
void memory_init(struct memory *m);

/** Open the table in the directory @dir, once. @is_dry: nothing is created. 0; or the -errno of the
    first try, see store_open and sys_boot_number. */
int memory_open(struct memory *m, const char *dir, bool is_dry);

/** What is known of the filesystem of @fd, whose st_dev is @dev; asked once. NULL if memory is
    short. The result is valid until the next call. */
struct memory_fs *memory_fs(struct memory *m, int fd, dev_t dev);

/**
 * Write the absolute path of @fd, or of the working directory for AT_FDCWD, to @buf, of @size bytes
 * (PATH_MAX at least), as /proc shows it. Returns its length; -ENOENT without /proc; -ENAMETOOLONG
 * if it has no room; -ENODATA if the name is no absolute path.
 */
int64_t memory_path_of(int fd, char *buf, size_t size);

/**
 * The directory @dir_fd, or AT_FDCWD; its path is asked for once, as long as its numbers stay the
 * same: /proc takes longer than the copy of a small file. If it was renamed since, what is recorded
 * by that path is not found. NULL if its path cannot be told. Valid until the next call for @side.
 */
const struct known_dir *memory_dir(struct memory *m, enum memory_side side, int dir_fd);

/**
 * Write the path of @name in the directory @dir_fd to @buf, of PATH_MAX bytes; see memory_dir.
 * Returns its length, or -errno.
 */
int64_t memory_path_in(struct memory *m, enum memory_side side, int dir_fd, const char *name,
		       char *buf);

/**
 * How a copy in the directory @dir_fd, or AT_FDCWD, is made: plan_making; 0 if it depends on that
 * directory.
 */
uint64_t memory_making(struct memory *m, const struct ovlcp_options *opt, mode_t umask, int dir_fd);

/** The key of the record of the source @path on the mount @mount, for copies in directories whose
    st_dev is @dir_dev. */
uint64_t memory_key(uint64_t mount, const char *path, uint64_t dir_dev);

/** Store @r for its source. 0, or -errno. */
int memory_put(struct memory *m, const struct remembered *r);

/** Close what is open and free what is owned; nothing is stored. */
void memory_done(struct memory *m);

#endif
