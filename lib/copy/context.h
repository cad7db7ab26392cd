/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The whole story of one source and its destinations.
 *
 * A copy to one destination is a fan-out of one. A tree is walked once, whatever the number of
 * its destinations: every file of it is a small fan-out of its own. copy.c begins and ends,
 * tree.c goes up and down, file.c deals with what is no directory.
 */
#ifndef OVL_JOB_COPY_H
#define OVL_JOB_COPY_H

#include "base/pathbuf.h"
#include "session/session.h"
#include "source/source.h"
#include "target/target.h"
#include "walk/dir_entries.h"
#include "walk/dirstack.h"

/** A source and where it goes. Everything is borrowed. */
struct copy_request {
	/** Directory that src is relative to, or AT_FDCWD. */
	int src_fd;
	/** Path of the source. */
	const char *src;
	/** Directory that the destinations are relative to, or AT_FDCWD. */
	int dst_fd;
	/** Paths of the destinations. */
	const char *const *dst;
	/** Number of destinations. */
	size_t n;
	/** How to copy; checked. */
	const struct ovlcp_options *opt;
	/** Who may take over the rest of a big file; or NULL. */
	struct deferred *later;
};

/** A directory of the source that the walk is in. */
struct level {
	/** What is still to be copied. */
	struct dir_entries entries;
	/** As it was when it was looked at. */
	struct stat st;
	/** Length of the path of the directory above. */
	size_t above_len;
};

/** The same directory at a destination. */
struct dest_level {
	/** Without fd, which is in dest.dirs, and without path, which is dest.path. */
	struct target target;
	/** Whether it has an access control list for new entries. */
	enum answer inherits;
	/** Length of the path of the directory above. */
	size_t above_len;
};

/** A destination of the whole copy, and where the walk is below it. */
struct dest {
	/** Path as it was given. */
	const char *given;
	/** Directories that were entered. A place that could not enter one is left out until the
	    walk is back up. */
	struct dirstack dirs;
	/** Dry run: how many more, which are not there. */
	size_t would_exist;
	/** ... and where the uppermost one would be, by O_PATH; -EBADF if that is in dirs. */
	int would_exist_at;
	/** What is needed to leave them; as many as both together. */
	struct dest_level *levels;
	size_t room;
	/** Path of the lowest of them. */
	struct pathbuf path;
	/** Its first bytes that were named by the caller. */
	size_t named_len;
	/** Its first bytes that are the path of the uppermost directory. */
	size_t top_len;
	/** Directories that this copy made, but for those in one of them. */
	struct inodeset made;
	/** When the last of these was made; 0 if that is not known. */
	struct timespec btime;
	/** Whether it was told that the copy ran into itself. */
	bool into_itself;
	/** Where sources went that may be met again: own_links, or those of the session. */
	struct copied_map *copied_map;
	struct copied_map own_copied_map;
	/** For OVLCP_PARENTS: the leading directories. */
	struct parents *parents;
	/** Whether the way back up was lost, so that nothing can be copied here any more. */
	bool lost;
};

/** A copy while it goes on. */
struct copy {
	struct ovlcp *o;
	const struct copy_request *q;
	const struct ovlcp_options *opt;
	struct dest *dests;
	/** Complete destinations, to notice one that is named twice. */
	struct inodeset finished;
	/** Directories of the source that the walk is in. */
	struct dirstack dirs;
	/** The same, what is left of them; as many as dirs. */
	struct level *levels;
	size_t room;
	/** Path of what is being copied. */
	struct pathbuf path;
	/** Whether the way back up was lost. */
	bool lost;
	/** Threads to be used; and those that are, NULL before there is work for them. */
	unsigned int jobs;
	struct pool *pool;
	/** Files of the directory that the walk is in, for the pool; NULL if there are none. */
	struct batch *batch;
};

/** Copy to every destination; a failure does not stop the others. 0, or the first -errno. */
int copy_run(struct ovlcp *o, const struct copy_request *q);

/** Directories that are open at a time: of the source, and of all destinations together. */
#define COPY_WINDOW ((size_t)24)

/** Make c->dests out of the request, and the leading directories of OVLCP_PARENTS. 0, or -errno,
    and an event told it; places that cannot be copied to are lost then. */
int copy_dests_init(struct copy *c);

/** Give the leading directories their attributes, and free c->dests. 0, or -errno. */
int copy_dests_done(struct copy *c);

/** How many directories of the place were entered. */
size_t dest_depth(const struct dest *p);

/** Whether files are being copied to the place, at this depth. */
bool dest_is_open(const struct copy *c, const struct dest *p);

/**
 * What of a target_request depends on the place only. @name: of the entry in the directory that
 * the walk is in; NULL for what the caller named. The path of the place ends with @name then,
 * until dest_pop_name is called. 0, or -ENOMEM.
 */
int dest_init_request(struct copy *c, struct dest *p, const char *name,
		      struct target_request *ret_q);

/** Undo what dest_init_request did to the path. @len: its length before. */
void dest_pop_name(struct dest *p, size_t len);

/** Tell of a failure. Returns -err->code. */
int emit_copy_error(const struct copy *c, const char *dst, const struct err *err);

/** Whether the source, which was looked at, may be met again as another link of one file. */
bool may_have_link_peer(const struct copy *c, const struct source *src);

/** Copy what is no directory to every place that is open. 0, or the first -errno. */
int file_copy(struct copy *c, struct source *src, const char *name);

/** Fill a new destination of what was named, which is the only one; takes it. 0, or -errno. */
int file_finish(struct copy *c, struct source *src, struct target *t);

/**
 * Make and enter the directory @src. @above_len: length of c->path without its name.
 * 0; or -errno, also if it was entered at some places.
 */
int tree_enter(struct copy *c, struct source *src, const char *name, size_t above_len);

/** Whether nothing is to be changed, only told. */
bool copy_is_dry(const struct copy *c);

/** Give a directory its attributes, and tell that it is complete. 0, or -errno. */
int dir_set_attrs(struct copy *c, struct target *t, const char *path, int src_fd,
		  const struct stat *src);

/** Give the lowest directory its attributes and go up. 0, or -errno. */
int tree_leave(struct copy *c);

/** Whether the walk is in a directory. */
bool tree_is_in(const struct copy *c);

/** Whether the directory @src was reached by a symbolic link. */
bool is_reached_by_symlink(const struct source *src);

/** Whether the directory @src is one that this copy made at the place, or in one of these. */
bool is_own_output(const struct dest *p, const struct source *src);

/** Attributes of a destination that is complete, told where they cannot be kept. 0, or -errno. */
int copy_set_attrs(struct copy *c, struct target *t, const char *path, int src_fd,
		   const struct stat *src);

/** Security context of a destination that has no data yet. Likewise. */
int copy_label(struct copy *c, struct target *t, const char *path, int src_fd,
	       const struct stat *src);

/** Remember what this call made, if it is one of several copies of a call. 0, or -errno. */
int copy_record_created(struct copy *c, const struct target *t, const char *path, bool named);

/**
 * Make the leading directories of OVLCP_PARENTS at the place. 0; or -errno, and an event told
 * it.
 */
int parents_make(struct copy *c, struct dest *p);

/** Where the source goes then: its directory, borrowed. */
int parents_directory(const struct parents *p);

/** Dry run: whether that is only above where it goes. */
bool parents_are_imagined(const struct parents *p);

/** ... its name there; belongs to @p. */
const char *parents_name(const struct parents *p);

/** ... and its path; likewise. */
const char *parents_path(const struct parents *p);

/** Give the leading directories their attributes and free them. 0, or -errno. */
int parents_finish(struct copy *c, struct dest *p);

#endif
