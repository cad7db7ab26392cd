/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The process whose call has stopped: its descriptors and its memory.
 *
 * All of it may change while it is looked at, as the other threads of the process go on; what is
 * got here is what it had at some moment since the call, or, if the call has ended meanwhile, of
 * another process. So the call must be looked at again after that (seccomp_unotify(2)).
 */
#ifndef OVL_RUN_CALLER_H
#define OVL_RUN_CALLER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/** A process. */
struct caller {
	/** The thread that has called. */
	pid_t thread;
	/** A descriptor of the thread or of its process (pidfd_open(2)); owned. */
	int pidfd;
	/** Its directory of /proc, O_PATH; owned. */
	int proc;
	/** Its memory, once that was asked for; -1: not open; owned. */
	int memory;
};

/** A caller that is not open. */
#define CALLER_CLOSED ((struct caller){ .pidfd = -1, .proc = -1, .memory = -1 })

/**
 * Open the caller @thread, of which @ret_c is CALLER_CLOSED on failure. Returns 0, or -errno;
 * -ENOTSUP: a thread with descriptors of its own, on Linux before 6.9.
 */
int caller_open(pid_t thread, struct caller *ret_c);

/** Close it. */
void caller_close(struct caller *c);

/** A descriptor that was got from a caller. */
struct caller_file {
	/** The descriptor here, close-on-exec, owned; or -errno. */
	int fd;
	/** It is a duplicate, and has the position and flags of the caller's; else the file was
	   opened once more. */
	bool is_duplicate;
};

/**
 * The descriptor @number of the caller: a duplicate (pidfd_getfd(2)), or, where this process may
 * look at the caller but not trace it (Yama's ptrace_scope), the file opened once more with @flags,
 * O_RDONLY or O_WRONLY, if it is a regular file that the caller has open for that, and the caller
 * has the same rights as this process, with which it is opened.
 */
struct caller_file caller_file(const struct caller *c, int number, int flags);

/** Copy @len bytes at @address of the caller's memory to @buf. 0, or -errno. */
int caller_read(struct caller *c, uint64_t address, void *buf, size_t len);

/** Whether the caller itself may write all of the @len bytes at @address of its memory. */
bool caller_is_writable(const struct caller *c, uint64_t address, size_t len);

/**
 * Copy @len bytes of @buf to @address of the caller's memory, from which it has read before
 * (caller_read); of no other process, whatever has become of this one. 0, or -errno.
 */
int caller_write(const struct caller *c, uint64_t address, const void *buf, size_t len);

/** The largest file that the caller may write, in bytes (RLIMIT_FSIZE). 0 if it is unknown. */
uint64_t caller_file_size_limit(const struct caller *c);

#endif
