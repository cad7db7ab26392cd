/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Who else has a file open: now (a lease), and from now on (inotify).
 */
#ifndef OVL_SYS_OPENERS_H
#define OVL_SYS_OPENERS_H

#include <stdbool.h>

/**
 * Whether only the descriptor @fd of a regular file is open: for reading, no other process has it
 * open for writing or mapped so; for writing, none has it open at all. A lease that can be had and
 * is given back at once is the proof (fcntl(2), "Leases").
 *
 * @for_writing: how @fd was opened.
 * Returns 0; -EAGAIN if others have it open; -EACCES if the caller neither owns the file nor has
 * CAP_LEASE; -EINVAL where the filesystem has no leases.
 */
int sys_is_only_opener(int fd, bool for_writing);

/** A queue of what happens to files (inotify(7)). Returns a descriptor that the caller owns. */
int sys_watch_new(void);

/** Put each open of the file @fd from now on into @watch_fd. A number for sys_watch_read, or
   -errno; -ENOSPC if the user has too many watches. */
int sys_watch_opens(int watch_fd, int fd);

/** The same for the file that has the name @path; a symbolic link itself. */
int sys_watch_opens_of(int watch_fd, const char *path);

/** Called for each file that was opened: its number, or -1 if the queue had no room for more. */
typedef void sys_watch_fn(int number, void *payload);

/** Read everything from @watch_fd. @payload: is passed to @fn. 0, or -errno. */
int sys_watch_read(int watch_fd, sys_watch_fn *fn, void *payload);

/** End the watch with the @number. */
void sys_watch_end(int watch_fd, int number);

#endif
