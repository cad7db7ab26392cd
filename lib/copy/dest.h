/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The destinations of a copy: where the walk is at each of them, and what follows from that for
 * what is made there.
 */
#ifndef OVL_COPY_DEST_H
#define OVL_COPY_DEST_H

#include "base/inodeset.h"
#include "base/pathbuf.h"
#include "copy/context.h"
#include "walk/copied_map.h"
#include "walk/dirstack.h"

struct parents;

/** Directories that are open at a time: of the source, and of all destinations together. */
#define COPY_WINDOW ((size_t)24)

/** A directory of a destination that the walk is in. */
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
	/** Directories that were entered. A destination where one could not be entered is left out
	    until the walk is back up. */
	struct dirstack dirs;
	/** Dry run: how many more, which do not exist. */
	size_t would_exist;
	/** ... and where the uppermost one would be, by O_PATH; -EBADF if that is in dirs. */
	int would_exist_at;
	/** What is needed to leave them; as many as both together. */
	struct dest_level *levels;
	/** Levels that there is room for. */
	size_t room;
	/** Path of the lowest of them. */
	struct pathbuf path;
	/** Its first bytes that were named by the caller. */
	size_t named_len;
	/** Its first bytes that are the path of the uppermost directory. */
	size_t top_len;
	/** Directories that this copy made, but for those inside of them. */
	struct inodeset made;
	/** When the last of these was made (birth time); 0 if that is not known. */
	struct timespec btime;
	/** Whether it was emitted that the copy ran into itself. */
	bool into_itself;
	/** Where sources went that may be met again: own_copied_map, or that of the session. */
	struct copied_map *copied_map;
	struct copied_map own_copied_map;
	/** For OVLCP_PARENTS: the leading directories. */
	struct parents *parents;
	/** Whether the way back up was lost, so that nothing can be copied here any more. */
	bool lost;
};

/** Make c->dests out of the request, and the leading directories of OVLCP_PARENTS. 0; or -errno,
    and it was emitted; destinations that cannot be copied to are lost then. */
int copy_dests_init(struct copy *c);

/** Give the leading directories their attributes, and free c->dests. 0, or -errno. */
int copy_dests_done(struct copy *c);

/**
 * Make destinations that are rooted in the directories where the walk is now, with descriptors of
 * their own. @ret_dests: c->q->n of them, to be freed with copy_dests_free, also on failure.
 * 0, or -errno.
 */
int copy_dests_branch(const struct copy *c, struct dest **ret_dests);

/** Free @n destinations, but for their parents. @dests: may be NULL. */
void copy_dests_free(struct dest *dests, size_t n);

/** How many directories of the destination were entered. */
size_t dest_depth(const struct dest *p);

/** Whether files are being copied to the destination, at this depth. */
bool dest_is_open(const struct copy *c, const struct dest *p);

/** The directory that the walk is in at the destination; it must be in one. */
struct dest_level *dest_lowest(const struct dest *p);

/**
 * Fill what of a target_request depends on the destination only. @name: of the entry in the
 * directory that the walk is in; NULL for what the caller named. The path of the destination ends
 * with @name then, until dest_pop_name is called.
 * @events: where events about the target are to go. 0; or -ENOMEM, and it was emitted there.
 */
int dest_init_request(struct copy *c, struct dest *p, const char *name, struct event_sink *events,
		      struct target_request *ret_q);

/** Undo what dest_init_request did to the path. @len: its length before. */
void dest_pop_name(struct dest *p, size_t len);

#endif
