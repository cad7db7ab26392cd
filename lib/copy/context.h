/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The context of one copy: what is the same for every file of it, and the position of the walk.
 *
 * copy_init is its only constructor. Each of these has a context: the walk of a tree
 * (tree/traverse.c), a batch of files (tree/batch.c), a deferred file (file/deferred.c) and the
 * delayed attributes of a directory (tree/delayed_attrs.c). A context belongs to one thread.
 *
 *	field		written by		read by
 *	o, q, opt	copy_init		every room above
 *	events		copy_init		every room above; a target has its own
 *	dests		copy/dest.c		copy/, file/file.c, tree/
 *	depth		tree/directory.c	copy/dest.c, tree/
 *	source_lost	tree/directory.c	tree/
 *	finished	copy_record_created	target/inspect.c, by target_request
 *	path		tree/			every room above
 */
#ifndef OVL_COPY_CONTEXT_H
#define OVL_COPY_CONTEXT_H

#include "base/pathbuf.h"
#include "session/session.h"
#include "source/source.h"
#include "target/target.h"
#include "walk/copied_map.h"

struct deferred;
struct dest;

/** A source and its destinations. Everything is borrowed. */
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
	/** Options of the copy; already checked. */
	const struct ovlcp_options *opt;
	/** Takes over big files (file/deferred.h); NULL: no file is deferred. */
	struct deferred *deferred;
};

/** Arguments of copy_init. Everything is borrowed. */
struct copy_args {
	/** The session of the thread that copies. */
	struct ovlcp *o;
	/** Receives the events. */
	struct event_sink *events;
	/** The source and its destinations. */
	const struct copy_request *q;
	/** Path for events of the file or directory that is copied first; copy_init copies it. */
	const char *path;
	/** State of the q->n destinations; NULL if copy_dests_init follows, or none is needed. */
	struct dest *dests;
	/** Number of directories of the source that the walk is in. */
	size_t depth;
};

/** The context. */
struct copy {
	/** The session; borrowed. */
	struct ovlcp *o;
	/** Receives the events; borrowed. */
	struct event_sink *events;
	/** The source and its destinations; borrowed. */
	const struct copy_request *q;
	/** q->opt. */
	const struct ovlcp_options *opt;
	/** True in a dry run: nothing is changed. */
	bool is_dry;
	/** State of the destinations; NULL in the context of one open file. Owned by the walk,
	   which ends it with copy_dests_done, or by a batch. */
	struct dest *dests;
	/** Number of directories of the source that the walk is in. */
	size_t depth;
	/** -errno with which ".." of a source directory could not be opened, so that the walk must
	    end; otherwise 0. */
	int source_lost;
	/** Complete destinations, to detect one that is named twice; owned. */
	struct copied_map finished;
	/** Path for events of the file or directory that is being copied; owned. */
	struct pathbuf path;
};

/**
 * Initialize a context. End it with copy_done, also on failure.
 * Returns 0; or -ENOMEM, which was emitted.
 */
int copy_init(struct copy *c, const struct copy_args *a);

/** Free what the context owns; c->dests is not freed here. */
void copy_done(struct copy *c);

/** Emit a failure of what is being copied, for all destinations. Returns as event_emit. */
int copy_emit_error(const struct copy *c, const struct err *err);

/** Emit one for the destination @dst, whose number is @id. Returns as event_emit. */
int copy_emit_dest_error(const struct copy *c, uint64_t id, const char *dst, const struct err *err);

/**
 * Set the attributes of a complete destination to those of the source. An attribute that cannot be
 * set is emitted. Does nothing in a dry run.
 *
 * @path: path of the destination. @src_path: that of the source, for messages. @src_fd: the source,
 * open, or negative. @src: its stat.
 * Returns 0, or -errno of the first failure.
 */
int copy_set_attrs(struct copy *c, struct target *t, const char *path, const char *src_path,
		   int src_fd, const struct stat *src);

/**
 * Give a file that supersedes another (t->superseded) the attributes of that one: owner, mode,
 * access control list, extended attributes, security context. One that cannot be kept is a warning.
 */
void copy_keep_attrs(struct copy *c, struct target *t);

/**
 * Emit a warning if the source is a file in a layer of an overlay that is not what it looks like,
 * such as one whose data is on a lower layer. Arguments are those of copy_set_attrs.
 */
void copy_warn_of_layer(const struct copy *c, const struct target *t, const char *path, int src_fd,
			const struct stat *src);

/** Set the security context of a destination that has no data yet. Arguments and result are those
   of copy_set_attrs. */
int copy_label(struct copy *c, struct target *t, const char *path, int src_fd,
	       const struct stat *src);

/**
 * Record a new destination for the rest of the fan-out and, with OVLCP_SAME_CALL, of the call.
 * @path: its path. @from_caller: true if the caller named its source.
 * Returns 0; or -errno, which was emitted.
 */
int copy_record_created(struct copy *c, const struct target *t, const char *path, bool from_caller);

/** Return how the file @src is told apart from others (session_copied_key). */
enum copied_key copy_source_key(struct copy *c, const struct source *src);

/** Record @t, whose path is @path, in the files that the call has created. 0, or -errno. */
int copy_record_for_call(struct ovlcp *o, const struct target *t, const char *path);

/** Return whether the copy may meet another link of the file @src, so that it must be remembered.
    @src: after source_stat. */
bool copy_may_have_link_peer(const struct copy *c, const struct source *src);

#endif
