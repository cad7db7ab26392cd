/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A session: the callbacks, and what copies learn and remember for later copies.
 *
 * It is the only mutable state of the library. One thread at a time uses a session. Other threads
 * may cancel it and read its progress; and those of a pool, which have sessions of their own
 * (session_init_worker), share what is atomic or has a lock: own_cancelled, own_progress,
 * own_last_id, own_fs_pairs, own_has_warned and own_copy_up_lock.
 */
#ifndef OVL_SESSION_SESSION_H
#define OVL_SESSION_SESSION_H

#include "base/inodeset.h"
#include "exec/progress.h"
#include "ovlcp.h"
#include "plan/threads.h"
#include "probe/fs_pair_cache.h"
#include "probe/identity.h"
#include "probe/mount_table.h"
#include "remember/memory.h"
#include "session/emit.h"
#include "session/written_fs.h"
#include "walk/case_folded.h"
#include "walk/copied_map.h"

#include <pthread.h>
#include <stdatomic.h>

/** Cache of session_parent_fd, within a call: the directory of the last destination, often that of
    the next. */
struct parent_cache {
	/** The descriptor that path is relative to, or AT_FDCWD; borrowed. */
	int at_fd;
	/** Path up to and including the last slash; owned. NULL if nothing is cached. */
	char *path;
	/** The directory, O_PATH; owned. */
	int fd;
};

/**
 * Predicted stat of a new file of a tree, so that fstat can be skipped. It applies to new files
 * that have the owner of the process and the mode that was asked for.
 */
struct predicted_stat {
	/** True if the fields below are valid. */
	bool is_known;
	/** st_dev of the directories that the prediction applies to. */
	dev_t dir_dev;
	/** st_dev of new files there; on an overlay it differs from dir_dev. */
	dev_t file_dev;
};

struct fs_name_entry;
struct dev_numbers;

/** The event callback of the caller, as a sink. */
struct caller_sink {
	/** Passes events to fn. */
	struct event_sink sink;
	/** The callback; NULL: events are dropped. */
	ovlcp_event_fn *fn;
	/** Passed to fn; belongs to the caller. */
	void *payload;
};

/** The session. */
struct ovlcp {
	/** Where all events end up. */
	struct caller_sink caller;
	/** True for the session of a thread of a pool, which shares the processors with others. */
	bool is_worker;
	/** The question callback; NULL: the answer is no. */
	ovlcp_question_fn *on_question;
	/** Passed to on_question; belongs to the caller. */
	void *question_payload;
	/** Set by ovlcp_cancel: &own_cancelled, or that of another session; borrowed. */
	atomic_bool *cancelled;
	/** Used unless the session is that of a worker thread. */
	atomic_bool own_cancelled;
	/** What was done so far: &own_progress, or that of another session. */
	struct exec_progress *progress;
	/** Used unless the session is that of a worker thread. */
	struct exec_progress own_progress;
	/** The last number of a destination: &own_last_id, or that of another session; borrowed. */
	atomic_size_t *last_id;
	/** Used unless the session is that of a worker thread. */
	atomic_size_t own_last_id;
	/** Capabilities of pairs of filesystems: &own_fs_pairs, or those of another session. */
	struct fs_pair_cache *fs_pairs;
	/** Used unless the session is that of a worker thread. */
	struct fs_pair_cache own_fs_pairs;
	/** OVLCP_SAME_CALL: files that were created, by identity and path, and by path alone,
	   without a number. */
	struct inodeset created;
	/** The same files, by name in any spelling. */
	struct case_folded created_spellings;
	/** True if a file could not be recorded there, so that any existing file may be one of
	    them. */
	bool created_is_incomplete;
	/** OVLCP_SAME_CALL: sources, by identity, and by parent directory and name. */
	struct inodeset copied;
	/** OVLCP_SAME_CALL: destinations of sources that may be met again. */
	struct copied_map copied_map;
	/** Dry run: names that a copy would have created, by directory and name. */
	struct inodeset would_exist;
	/** Files that a dry run would have copied up, and may meet again: those with several hard
	    links; under OVLCP_SAME_CALL all. */
	struct inodeset would_be_upper;
	/** The directory of the last destination. */
	struct parent_cache parent;
	/** Effective user when the copy began; set for OVLCP_RECURSIVE only. */
	uid_t uid;
	/** Effective group, likewise. */
	gid_t gid;
	/** The stat of the next new file of this call. */
	struct predicted_stat predicted;
	/** st_dev of the last file that was asked for the copy-up a change causes, and is on no
	    overlay; 0: none. */
	dev_t plain_dev;
	/** The umask; (mode_t)-1 before the first session_umask of a call. */
	mode_t umask;
	/** Whether SELinux is enabled; ANSWER_NOT_ASKED before the first session_has_contexts. */
	enum answer contexts;
	/** EXEC_BUFFER_SIZE bytes; owned. NULL before the first session_buffer. */
	void *buffer;
	/** The mount table; owned. NULL before the first session_mount_table. */
	struct mount_table *mounts;
	/** Cache of session_copied_key; owned. */
	struct dev_numbers *dev_numbers;
	/** Number of devices in it. */
	size_t dev_count;
	/** Number of devices that it has room for. */
	size_t dev_room;
	/** OVLCP_FSYNC_FILE and _FS: filesystems that this call has written to. */
	struct written_fs_list written;
	/** Copies that later calls clone from. */
	struct memory memory;
	/** Held while a file is copied up: &own_copy_up_lock; or, unless parallel_copy_ups, that of
	   the session of the caller's thread. */
	pthread_mutex_t *copy_up_lock;
	/** See copy_up_lock. */
	pthread_mutex_t own_copy_up_lock;
	/** Whether the sessions of other threads may copy up at the same time as this one
	    (plan_copy_up_threads). */
	bool parallel_copy_ups;
	/** Whether it was emitted that nothing is remembered: &own_has_warned, or that of another
	 * session. */
	atomic_bool *has_warned;
	/** Used unless the session is that of a worker thread. */
	atomic_bool own_has_warned;
	/** Cache of session_fs_name; owned. */
	struct fs_name_entry *fs_names;
	/** How many threads copy; what is known of it is for the two devices below. */
	struct plan_threads threads;
	/** st_dev of the directories that were copied last, and of those that they were copied to.
	 */
	dev_t threads_src_dev, threads_dst_dev;
};

/**
 * Return the mount table, which the first call reads; NULL if it cannot be read.
 * @o: a struct ovlcp, which owns the result. A mount_table_fn.
 */
const struct mount_table *session_mount_table(void *o);

/**
 * Return the name of the filesystem of @fd as fs_name makes it, or NULL. The session owns the
 * result and asks once per mount. @upper: see fs_name.
 */
const char *session_fs_name(struct ovlcp *o, int fd, bool upper);

/**
 * Return how the files with the st_dev @dev are told apart, one of which is @f. Asks once for each
 * @dev, so that all answers about it are the same.
 */
enum copied_key session_copied_key(struct ovlcp *o, dev_t dev, const struct identity_file *f);

/**
 * Return the buffer for read and write, EXEC_BUFFER_SIZE bytes, which the first call allocates;
 * NULL if memory is short. The session owns it.
 */
void *session_buffer(struct ovlcp *o);

/** Return whether the kernel gives files security contexts (SELinux); the first call asks. */
bool session_has_contexts(struct ovlcp *o);

/** Return the umask of the process, which is read once in each call of the program. */
mode_t session_umask(struct ovlcp *o);

/**
 * Open the directory @path (its first @len bytes) relative to @at_fd, O_PATH. A @len of 0 means
 * @at_fd itself.
 * Returns a descriptor that the session owns and that is valid until the next call; or -errno.
 */
int session_parent_fd(struct ovlcp *o, int at_fd, const char *path, size_t len);

/**
 * Close the descriptor of session_parent_fd. At the end of a call: until the next one the caller
 * may rename the directory, or close the descriptor that its path is relative to.
 */
void session_drop_parent(struct ovlcp *o);

/**
 * Initialize @ret_worker as a session for another thread that copies files for @o: it shares the
 * cache of filesystem pairs and the cancellation of @o, which must outlive it. End it with
 * session_done.
 */
void session_init_worker(struct ovlcp *o, struct ovlcp *ret_worker);

/** Initialize an empty session, which must not be moved. End it with session_done. */
void session_init(struct ovlcp *o);

/** Return a new number for a destination, by which its events are told from others. Not 0. */
uint64_t session_next_id(struct ovlcp *o);

/** Begin a call with these options, which were checked. */
void session_begin_call(struct ovlcp *o, const struct ovlcp_options *opt);

/** Return the number of bytes that were written to destinations; any thread may call it. */
uint64_t session_bytes_written(const struct ovlcp *o);

/** Return whether the caller has cancelled. */
bool session_is_cancelled(const struct ovlcp *o);

/** Ask the caller whether the destination of @e may be overwritten; not if he has cancelled. @e:
    borrowed. */
bool session_ask(const struct ovlcp *o, const struct ovlcp_event *e);

/** Forget what is kept for the next copy of a call of cp (OVLCP_SAME_CALL). */
void session_forget_call(struct ovlcp *o);

/** Forget what a dry run would have changed. */
void session_forget_dry_run(struct ovlcp *o);

/** Free what the session owns, but not the session. */
void session_done(struct ovlcp *o);

#endif
