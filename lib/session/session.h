/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A session: the callbacks, and what is learned and kept from one copy to the next.
 *
 * The only state there is. One thread uses a session at a time; only cancelled may be set by
 * others.
 */
#ifndef OVL_JOB_SESSION_H
#define OVL_JOB_SESSION_H

#include "base/inodeset.h"
#include "ovlcp.h"
#include "probe/fs_pair_cache.h"
#include "probe/mount_table.h"
#include "session/emit.h"
#include "walk/copied_map.h"

#include <stdatomic.h>

/** The directory that the last destination was made in: the next one is often there too. */
struct parent {
	/** Descriptor the path is relative to. */
	int at_fd;
	/** Its path, up to and including the last slash; NULL if no directory is kept. */
	char *path;
	/** The directory, O_PATH. */
	int fd;
};

/** What new files have in common, where they are all of one owner and the mode asked for. */
struct predicted_stat {
	/** Whether that is so, in directories of dir_dev. */
	bool is_known;
	dev_t dir_dev;
	/** Their st_dev, which in an overlay is another one. */
	dev_t file_dev;
};

struct fs_known;

/** The callback for events, as a sink. */
struct caller_sink {
	struct event_sink sink;
	/** NULL: no event is asked for. */
	ovlcp_event_fn *fn;
	/** Passed to fn. */
	void *payload;
};

struct ovlcp {
	/** Where events go in the end: to the callback. */
	struct caller_sink caller;
	ovlcp_question_fn *on_question;
	void *question_payload;
	/** Set by ovlcp_cancel from anywhere: own_cancelled, or that of another session. */
	atomic_bool *cancelled;
	atomic_bool own_cancelled;
	/** What pairs of filesystems have shown: own_caps, or those of another session. */
	struct fs_pair_cache *fs_pairs;
	struct fs_pair_cache own_fs_pairs;
	/** What OVLCP_SAME_CALL remembers: files made, by identity and path. */
	struct inodeset created;
	/** ... files they were made from, by identity and where their name is. */
	struct inodeset copied;
	/** ... and where sources went that may be met again. */
	struct copied_map copied_map;
	/** Names that a dry run has given away, by directory and name. */
	struct inodeset would_exist;
	struct parent parent;
	/** Effective user and group, as they were when the copy began. */
	uid_t uid;
	gid_t gid;
	/** What files are like that were made in trees. */
	struct predicted_stat predicted;
	/** The umask, or (mode_t)-1 as long as nobody asked. */
	mode_t umask;
	/** Whether the kernel gives files security contexts. */
	enum answer contexts;
	/** EXEC_BUFFER_SIZE bytes, or NULL as long as no bytes were copied. */
	void *buffer;
	/** The table of mounts, or NULL as long as nobody asked. */
	struct mount_table *mounts;
	/** Names of filesystems that were asked for. */
	struct fs_known *fs_known;
};

/** The table of mounts, read at the first call; NULL if there is none. @o: a struct ovlcp. */
const struct mount_table *session_mount_table(void *o);

/**
 * The name of the filesystem of @fd, as fs_name makes it, or NULL; asked once for each mount.
 * Belongs to the session.
 */
const char *session_fs_name(struct ovlcp *o, int fd, bool upper);

/** The buffer for bytes, allocated at the first call; NULL if memory is short. */
void *session_buffer(struct ovlcp *o);

/** Whether the kernel gives files security contexts; asked at the first call. */
bool session_has_contexts(struct ovlcp *o);

/** The umask, read at the first call. */
mode_t session_umask(struct ovlcp *o);

/**
 * The directory @path (its first @len bytes), relative to @at_fd, open by O_PATH; of no bytes
 * @at_fd itself. Borrowed until the next call. fd, or -errno.
 */
int session_parent_fd(struct ovlcp *o, int at_fd, const char *path, size_t len);

/**
 * Make @ret_shadow a session for another thread, which copies files of trees for @o: what is
 * learned about filesystems and the wish to stop are shared. To be ended by session_done.
 */
void session_init_worker(struct ovlcp *o, struct ovlcp *ret_shadow);

/** Make an empty session. It must not be moved. */
void session_init(struct ovlcp *o);

/** Whether the call was told to stop. */
bool session_is_cancelled(const struct ovlcp *o);

/** Ask the caller whether the destination of @e may be overwritten. */
bool session_ask(const struct ovlcp *o, const struct ovlcp_event *e);

/** Free what the session holds, but not the session. */
void session_done(struct ovlcp *o);

#endif
