/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A destination, from its path until it is closed or undone. It is opened by target_open (open.c).
 */
#ifndef OVL_TARGET_TARGET_H
#define OVL_TARGET_TARGET_H

#include "base/inodeset.h"
#include "base/tempname.h"
#include "plan/existing.h"
#include "source/source.h"
#include "walk/case_folded.h"
#include "walk/copied_map.h"

/** OVLCP_ATOMIC: a file that gets its name when it is complete (target/staged.h). */
struct staged {
	/** True until it has its name, or is dropped. */
	bool is_active;
	/** True if an existing file of the name is replaced. */
	bool replaces;
	/** True if a file that another process puts there meanwhile is replaced, too. */
	bool may_replace;
	/** Its temporary name in the directory of the target; "" if it has none. */
	char name[TEMPNAME_SIZE];
};

/** OVLCP_ATOMIC: the existing file that is replaced, whose attributes the new one gets. */
struct superseded {
	/** Open for reading; O_PATH if that is not permitted. Owned. */
	int fd;
	/** Its stat. */
	struct stat st;
};

/** Close and free @s, which may be NULL. */
void superseded_free(struct superseded *s);

/** A destination that is open; in a dry run, one that a copy would have opened. */
struct target {
	/** Receives its events; borrowed. */
	struct event_sink *events;
	/** Its number in its events, for another sink: that of a directory does not last as long.
	 */
	uint64_t id;
	/** True in a dry run: nothing is changed. */
	bool is_dry;
	/** Kind of file that is created. */
	enum file_kind kind;
	/**
	 * Data: open for writing, and for reading if that is permitted. Directory: open for
	 * reading. Symbolic link or special file: O_PATH. Otherwise -EBADF. Owned.
	 */
	int fd;
	/** Parent directory; borrowed from the session, the tree or the caller unless owns_dir. */
	int dir_fd;
	/** True after target_own_dir_fd: dir_fd is owned. */
	bool owns_dir;
	/** True if path is a symbolic link, and dir_fd and name are those of the file that it leads
	    to. */
	bool via_symlink;
	/** Name in the parent directory; owned. */
	char *name;
	/** Path for events; owned. */
	char *path;
	/** Length in bytes of the part of path that the caller gave, or that was added as the last
	    name of the source. */
	size_t named_len;
	/** Result of stat right after the open. */
	struct stat st;
	/** Dry run: the file does not exist, and fd is a scratch file (target/scratch.h). */
	bool would_exist;
	/** Dry run: its name among those that the call would have made; owned. NULL: it is not one
	   of them. */
	char *taken;
	/** Dry run: the nodatacow flag that a copied-up file would have, 0 or 1; or -errno. */
	int initial_nocow;
	/** True if the parent directory may have a default ACL that was inherited, see attr_job. */
	bool inherits;
	/** Mode that it was created with, before the umask was applied. */
	mode_t mode;
	/** Permission bits that it has only until it is complete. */
	mode_t temporary;
	/** True if this session has created it. */
	bool created;
	/** True for a leading directory of --parents. */
	bool leading;
	/** For target_undo: how long the file may be, in bytes, if only this copy has written to
	 * it.
	 */
	uint64_t most;
	/** Likewise, how long it is at least. */
	uint64_t least;
	/** True if an existing file was truncated but got no data, so that it must be removed. */
	bool emptied;
	/** True if a name was appended to path because the path leads to a directory. */
	bool in_dir;
	/** True if slashes follow the name: it must be a directory, or a symbolic link to one. */
	bool must_be_dir;
	/** True if the copy itself gets the name of a backup. */
	bool as_backup;
	/** Error that makes creation impossible whether or not the destination exists: of the
	    source, or of the parent directory. Code 0: none. */
	struct err precondition_err;
	/** True if it was renamed onto an existing file. */
	bool replaced;
	/** Why nothing can be written to stable storage where it is, once for each filesystem;
	   OVLCP_OP_NONE if it can, or that is not asked. */
	enum ovlcp_op not_durable;
	/** Bytes that the hard link copies up of its source. */
	uint64_t link_copied_up;
	/** Bytes that are copied up of the file that had the name: it is renamed to a backup, or
	   gets attributes only. */
	uint64_t old_copied_up;
	/** Name of the backup of the file that had the name; owned. NULL if there is none. */
	char *backup;
	/** True if the backup is a hard link to the file, which still has its name. */
	bool backup_is_link;
	/** Whether it has its name yet. */
	struct staged staged;
	/** The file that it supersedes, owned; NULL if there is none, or nothing is kept of it. */
	struct superseded *superseded;
};

/** Result of opening a destination; a failure is -errno instead, and was emitted. */
enum target_result {
	/** It is open. */
	TARGET_OPEN = 0,
	/** It exists and is left as it is; emitted, except for DST_DONE. */
	TARGET_SKIPPED,
	/** Like TARGET_SKIPPED, because it is not older than the source. */
	TARGET_NOT_OLDER,
	/** Nothing has changed: complete the destinations in q->waiting, then try again. */
	TARGET_BUSY,
	/** For this room only: the state of the name has changed, try to create again. */
	TARGET_AGAIN,
	/** For this room only: another fact is known, decide again. */
	TARGET_DECIDE,
};

/** Arguments of target_open besides the session. Everything is borrowed. */
struct target_request {
	/** Receives the events; the target keeps the pointer. */
	struct event_sink *events;
	/** True in a dry run: find out what a copy would do, change nothing. */
	bool is_dry;
	/** The source; target_open opens it when its data is needed. */
	struct source *src;
	/** Kind of file to create. */
	enum file_kind kind;
	/** Directory that path is relative to; with name: the directory that name is in. */
	int at_fd;
	/** Path as the caller gave it, or for events. */
	const char *path;
	/** Name in at_fd, if that is the parent directory; otherwise NULL. */
	const char *name;
	/** With name: true if at_fd may have a default ACL. */
	bool inherits;
	/** With name: true if new files in at_fd get the group of the process: it is that of at_fd,
	    so neither set-group-ID nor a mount option (grpid) makes a difference. */
	bool group_stays;
	/** With name: true if the copy has one destination only. */
	bool is_only_dest;
	/** With name: true if this copy has created the directory, so that nothing is in it but
	   what this copy has put there. */
	bool in_new_dir;
	/** With name: stat of the directory that the caller has named, above which no symbolic link
	    may lead (target/beneath.h); NULL if the caller gave the whole path. */
	const struct stat *top;
	/** With name: what this copy has put into directories that existed and may fold case;
	    NULL if at_fd does not. */
	const struct case_folded *written;
	/** With name: what this copy has put into directories that existed; NULL if no backup may
	    take its name. */
	const struct inodeset *made;
	/** With name: st_dev of at_fd. */
	dev_t dir_dev;
	/** Dry run: the parent directory would be created too; at_fd is an existing directory above
	    it. */
	bool would_exist;
	/** Dry run, for a source that the caller gave: path of the parent directory below at_fd,
	    with a slash at its end; NULL if that is the parent directory. */
	const char *missing;
	/** With name: see target.named_len. */
	size_t named_len;
	/** Options of the copy. */
	const struct ovlcp_options *opt;
	/** Complete destinations of the same fan-out. */
	const struct copied_map *finished;
	/** Open destinations of the same fan-out that are not complete; NULL if there are none. */
	const struct inodeset *waiting;
	/** KIND_LINK_TO_COPY: the earlier destination to link to. */
	const struct copied_dest *earlier;
	/** KIND_LINK_TO_COPY: the link is one of OVLCP_SHARE_HARD_LINK, not one that the source has
	    (OVLCP_PRESERVE_LINKS). */
	bool is_share;
	/** Directory that the paths of destinations are relative to, or AT_FDCWD. */
	int base_fd;
};

/**
 * Return whether creating the destination needs the data of the source. A dry run does not open a
 * FIFO or a device, which might wait.
 */
static inline bool target_reads(const struct target_request *q)
{
	return q->kind == KIND_DATA && (!q->is_dry || S_ISREG(q->src->st.st_mode));
}

/**
 * Emit an event about @t, which was requested by @q. @error: errno, positive, or 0.
 * Returns -@error, or -ECANCELED if that was EINTR because the caller has cancelled.
 */
int target_emit(const struct target *t, const struct target_request *q, enum ovlcp_event_type type,
		enum ovlcp_op op, int error);

/**
 * Duplicate t->dir_fd, so that the target owns it; otherwise the next target_open may close it.
 * Returns 0, or -errno.
 */
int target_own_dir_fd(struct target *t);

/** Close the descriptor of a complete destination; call target_done afterwards. 0, or -errno. */
int target_close(struct target *t);

/** Free what the target owns. */
void target_done(struct target *t);

/**
 * Undo a failed destination: remove it if this session has created or truncated it, it is a data
 * file, still has its name, and no other process has written to it; rename the backup back; then
 * free like target_done. What is left because of another process is emitted.
 * @src: path of the source, for events.
 */
void target_undo(struct target *t, const char *src);

#endif
