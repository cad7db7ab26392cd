/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The destinations of a copy: the position of the walk at each of them, and what a new file there
 * depends on.
 */
#ifndef OVL_COPY_DEST_H
#define OVL_COPY_DEST_H

#include "base/inodeset.h"
#include "base/pathbuf.h"
#include "copy/context.h"
#include "walk/case_folded.h"
#include "walk/copied_map.h"
#include "walk/dirstack.h"

struct parents;

/** Maximum number of open directories on each side: of the source; of all destinations together. */
#define COPY_WINDOW ((size_t)24)

/**
 * Return how many directories may be open on each side, at most COPY_WINDOW: fewer where few
 * descriptors are allowed (RLIMIT_NOFILE). At least 1.
 */
size_t copy_window(void);

/** A directory of a destination that the walk is in. */
struct dest_level {
	/** The directory; without fd and path, which are in dest.dirs and dest.path. Owned. */
	struct target target;
	/** Whether it has a default ACL; probed at most once. */
	enum answer inherits;
	/** Whether names in it that differ in case may be one; probed at most once. */
	enum answer folds_case;
	/** Length in bytes of the path of the directory above. */
	size_t above_len;
};

/** A destination of the copy, and the position of the walk below it. */
struct dest {
	/** Path as the caller gave it; borrowed. */
	const char *given;
	/** Directories that the walk is in. If one could not be entered, the destination is left
	    out until the walk is up again. Owned. */
	struct dirstack dirs;
	/** Dry run: number of further directories below dirs, which do not exist. */
	size_t would_exist;
	/** Dry run: if dirs is empty, the directory in which the uppermost of them would be,
	   O_PATH; otherwise -EBADF. Owned. */
	int would_exist_at;
	/** One for each directory of dirs, then for each that would exist; owned. */
	struct dest_level *levels;
	/** Number of levels that are allocated. */
	size_t room;
	/** Path of the lowest of them; owned. */
	struct pathbuf path;
	/** Length in bytes of the part of path that the caller gave. */
	size_t named_len;
	/** Length in bytes of the path of the uppermost directory. */
	size_t top_len;
	/** Directories that this copy has created, without those inside of them; owned. */
	struct inodeset created_dirs;
	/** Birth time of the last of these; 0 if it is not known. */
	struct timespec btime;
	/** What this copy has put into directories that existed and may fold case; owned. */
	struct case_folded written;
	/** What this copy has put into directories that existed, if a backup may take its name;
	    owned. */
	struct inodeset made;
	/** True if it was emitted that the copy ran into itself. */
	bool into_itself;
	/** Destinations of sources that may be met again: own_copied_map, or that of the session;
	    borrowed. */
	struct copied_map *copied_map;
	/** Used unless several sources of a call share the map of the session; owned. */
	struct copied_map own_copied_map;
	/** OVLCP_PARENTS: the leading directories; owned. NULL without. */
	struct parents *parents;
	/** True if nothing more can be copied here: ".." could not be opened, or the leading
	    directories could not be created; in a branch, if the destination was not open. */
	bool lost;
};

/**
 * Fill c->dests from the request, and create the leading directories of OVLCP_PARENTS.
 * Returns 0; or -errno, which was emitted. Destinations that failed are marked as lost.
 */
int copy_dests_init(struct copy *c);

/** Set the attributes of the leading directories, and free c->dests. 0, or the first -errno. */
int copy_dests_done(struct copy *c);

/**
 * Create destinations whose uppermost directories are those that the walk is in now, with
 * duplicated descriptors, so that another thread can use them.
 * @ret_dests: c->q->n destinations; free them with copy_dests_free, also on failure.
 * Returns 0, or -errno.
 */
int copy_dests_branch(const struct copy *c, struct dest **ret_dests);

/** Free @n destinations, but not their parents. @dests: may be NULL. */
void copy_dests_free(struct dest *dests, size_t n);

/** Return the number of directories of the destination that the walk is in. */
size_t dest_depth(const struct dest *p);

/** Return whether files are copied to the destination at the present depth of the walk. */
bool dest_is_open(const struct copy *c, const struct dest *p);

/** Return the lowest directory that the walk is in; there must be one. Borrowed. */
struct dest_level *dest_lowest(const struct dest *p);

/**
 * Fill those fields of a target_request that depend on the destination only.
 *
 * @name: name in the lowest directory, which is appended to p->path until dest_pop_name is called;
 * NULL for the path that the caller gave.
 * @events: receives events about the target.
 * Returns 0; or -ENOMEM, which was emitted into @events.
 */
int dest_init_request(struct copy *c, struct dest *p, const char *name, struct event_sink *events,
		      struct target_request *ret_q);

/**
 * Record that this copy has put @t into the lowest directory, if that existed, and may fold case or
 * get backups: another file of the tree must not overwrite it. 0; or -errno.
 */
int dest_record_written(const struct copy *c, struct dest *p, const struct target *t);

/** Remove the name that dest_init_request has appended. @len: length of the path before. */
void dest_pop_name(struct dest *p, size_t len);

#endif
