/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What a session has of the copies that are remembered: the open table, and what is known of
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

struct kept;

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
	/** Whether two changes within a tick of the clock get two ctimes. */
	enum answer is_fine;
};

/** The memory; to be initialized by memory_init. */
struct memory {
	/** The table. */
	struct store store;
	/** Result of opening it: 0, or -errno; 1 before. */
	int opened;
	/** Number of the start of the system. */
	uint64_t boot;
	/** Effective user. */
	uid_t uid;
	/** Effective group. */
	gid_t gid;
	/** The directory that dir_dev is the st_dev of; -EBADF: none. Borrowed. */
	int dir_fd;
	/** See memory_dir_dev. */
	dev_t dir_dev;
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
	struct kept *kept;
	/** Number of them. */
	size_t kept_count;
	/** Number that the list has room for. */
	size_t kept_room;
};

/** Initialize an empty memory. */
void memory_init(struct memory *m);

/** Open the table in the directory @dir, once. 0; or the -errno of the first try, see store_open
   and sys_boot_number. */
int memory_open(struct memory *m, const char *dir);

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
 * st_dev of the directory @dir_fd, for memory_key; asked again only for another descriptor. A wrong
 * answer does no more harm than that a record is not found. 0 if it cannot be told.
 */
dev_t memory_dir_dev(struct memory *m, int dir_fd);

/** The key of the record of the source @path on the mount @mount, for copies in directories whose
    st_dev is @dir_dev. */
uint64_t memory_key(uint64_t mount, const char *path, uint64_t dir_dev);

/** Store @r for its source. 0, or -errno. */
int memory_put(struct memory *m, const struct remembered *r);

/** Close what is open and free what is owned; nothing is stored. */
void memory_done(struct memory *m);

#endif
