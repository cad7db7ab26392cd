/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * With whose rights a file is copied up: never with more than the caller has.
 */
#ifndef OVL_RUN_RIGHTS_H
#define OVL_RUN_RIGHTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/** The most groups of a process (NGROUPS_MAX of Linux is 65536; with more it is not helped). */
#define RIGHTS_GROUPS_MAX 1024

/** A namespace or a directory: numbers of a file. */
struct rights_place {
	dev_t dev;
	ino_t ino;
};

/** All that decides what a thread may do with a file. */
struct rights {
	/** User and group for files (credentials(7)). */
	uid_t user;
	gid_t group;
	/** Supplementary groups, in ascending order. */
	gid_t groups[RIGHTS_GROUPS_MAX];
	/** Number of groups. */
	size_t group_count;
	/** Effective capabilities, a bit each. */
	uint64_t capabilities;
	/** Namespaces, of users, of mounts, of processes. */
	struct rights_place user_ns, mount_ns, pid_ns;
	/** The root directory. */
	struct rights_place root;
	/** Label of a security module; "" without one. */
	char label[256];
};

/**
 * Read the rights of the thread with the directory @proc of /proc. Numbers of users and groups are
 * those that they have in the user namespace of this process. Returns 0, or -errno.
 */
int rights_read(int proc, struct rights *ret_r);

/** Read the rights of this process. Returns 0, or -errno. */
int rights_read_own(struct rights *ret_r);

/** Whether both may do the same. */
bool rights_equal(const struct rights *a, const struct rights *b);

/**
 * In a process of its own: take on the rights of the thread with the descriptor @pidfd, the
 * directory @proc of /proc and the rights @r, which it is in the namespaces of then. The process
 * cannot be traced from there, and forks on the way.
 *
 * Returns 0 in the child, which has exactly these rights, with @ret_child 0; and in the parent,
 * with
 * @ret_child to wait for. -errno: this process has others, of no use. -EACCES: the label of a
 * security module differs, which is not taken on.
 */
int rights_take(int pidfd, int proc, const struct rights *r, pid_t *ret_child);

#endif
