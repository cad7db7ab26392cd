/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A destination, from its name to its end: what it is, what opening it takes, how it is closed or
 * undone. open.c is where to begin.
 */
#ifndef OVL_TARGET_TARGET_H
#define OVL_TARGET_TARGET_H

#include "plan/existing.h"
#include "source/source.h"
#include "walk/copied_map.h"
#include "base/inodeset.h"

/** A destination that is open now; in a dry run, one that could be. */
struct target {
	/** Where events about it go; borrowed. */
	struct event_sink *events;
	/** Whether it belongs to a dry run: nothing about it is changed. */
	bool is_dry;
	/** What it is. */
	enum file_kind kind;
	/**
	 * For data open for writing, and for reading where that is allowed; for a directory open
	 * for filling it; for a symbolic link or a special file by O_PATH; otherwise -EBADF.
	 */
	int fd;
	/** Directory that holds it: borrowed, belongs to the session, the tree or the caller. */
	int dir_fd;
	/** Whether it belongs to the target, see target_own_dir_fd. */
	bool owns_dir;
	/** Its name in that directory; owned. */
	char *name;
	/** Path as people know it; owned. */
	char *path;
	/** First bytes of path that were named by the caller, or by the source's last name. */
	size_t named_len;
	/** As it was right after it was opened. */
	struct stat st;
	/** Dry run: it is not there, and fd is that of a stage. */
	bool would_exist;
	/** Dry run: the nodatacow flag that a copied-up file would have; -errno if there is none.
	 */
	int initial_nocow;
	/** Whether its directory has a list that it may have inherited, see attr_job. */
	bool inherits;
	/** Mode that it was made with, before the umask. */
	mode_t mode;
	/** Permission bits that it has only as long as it is being filled. */
	mode_t temporary;
	/** Whether this session made it. */
	bool created;
	/** Whether it is a leading directory of --parents. */
	bool leading;
	/** Whether a file that existed lost its data for nothing, so that it is to be removed. */
	bool emptied;
	/** Whether path was given a name in a directory. */
	bool in_dir;
	/** Whether slashes follow the name, so that it leads to a directory, by links if need be.
	 */
	bool must_be_dir;
	/** Whether the copy has the name of a backup. */
	bool as_backup;
	/** Why it cannot be made whatever stands there: the source, or where it would be. */
	struct err precondition_err;
	/** Whether it took the place of another file. */
	bool replaced;
	/** Name of the backup that was made of what stood there, or NULL; owned. */
	char *backup;
};

/** What is found to do about a destination; a failure is -errno instead, and was told. */
enum target_result {
	/** It is there. */
	TARGET_OPEN = 0,
	/** It exists and is left alone; an event told it. */
	TARGET_SKIPPED,
	/** Likewise, because it is not older than the source. */
	TARGET_NOT_OLDER,
	/** Nothing has changed: those in q->waiting are to be completed first. */
	TARGET_BUSY,
	/** Within the room: something changed, try to make it once more. */
	TARGET_AGAIN,
};

/** What opening a destination takes beyond the session. Everything is borrowed. */
struct target_request {
	/** Where events go; the target keeps it. */
	struct event_sink *events;
	/** Whether this is a dry run: then only foresee what making it would come to. */
	bool is_dry;
	/** The source; opened by target_open when it is time for it. */
	struct source *src;
	/** What to make of the source. */
	enum file_kind kind;
	/** Directory that path is relative to; or that name is in, if there is one. */
	int at_fd;
	/** Path as it was given, or as people know it. */
	const char *path;
	/** Its name in at_fd, if that is the directory that holds it; or NULL. */
	const char *name;
	/** Whether at_fd has an access control list for new entries, if name is given. */
	bool inherits;
	/** Whether new files in at_fd get the group of who makes them, if name is given. */
	bool group_stays;
	/** Whether it is the only destination, if name is given. */
	bool alone;
	/** st_dev of at_fd, if name is given. */
	dev_t dir_dev;
	/** Dry run: that directory would be made, too, and at_fd is one above it. */
	bool would_exist;
	/** Then: how much of path was named by the caller, see target.named_len. */
	size_t named_len;
	/** How to copy. */
	const struct ovlcp_options *opt;
	/** Complete destinations of the same fan-out. */
	const struct inodeset *finished;
	/** Those that are there and wait for their data; NULL if none does. */
	const struct inodeset *waiting;
	/** For KIND_LINK_TO_COPY: the earlier destination. */
	const struct copied_dest *earlier;
	/** Directory that paths of destinations are relative to, or AT_FDCWD. */
	int base_fd;
};

/** Whether making the destination takes the data of the source; a dry run waits for no FIFO. */
static inline bool target_reads(const struct target_request *q)
{
	return q->kind == KIND_DATA && (!q->is_dry || S_ISREG(q->src->st.st_mode));
}

/**
 * Emit what became of @t, which @q asks for. @error: errno, positive, or 0.
 * Returns -@error, or -ECANCELED if that was EINTR because the caller has cancelled.
 */
int target_emit(const struct target *t, const struct target_request *q, enum ovlcp_event_type type,
		enum ovlcp_op op, int error);

/** Make t->dir_fd last, which is otherwise valid until the next target_open. 0 or -errno. */
int target_own_dir_fd(struct target *t);

/** Close a complete destination. 0, or -errno of the close. To be followed by target_done. */
int target_close(struct target *t);

/** Free what is left of a destination. */
void target_done(struct target *t);

/**
 * Give up: remove what this session made (if it still has its name, and is not a directory),
 * rename a backup back, free the rest. @src: path of the source, for events.
 */
void target_undo(struct target *t, const char *src);

#endif
