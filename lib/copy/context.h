/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The context of one copy: what is the same for every file of it, and where the walk is.
 *
 * copy_init is the only way to make one, for the walk of a tree (tree/traverse.c), for a batch of
 * its files (tree/batch.c), for a deferred file (file/deferred.c) and for the delayed attributes
 * of a directory (tree/delayed_attrs.c) alike. It belongs to one thread.
 *
 *	field		written by			read by
 *	o, q, opt	copy_init			all
 *	events		copy_init			all, but for what has a target: that has its
 *own dests		copy/dest.c			copy/, file/file.c, tree/ depth
 *tree/directory.c		copy/dest.c source_lost	tree/directory.c		tree/
 *	finished	copy_record_created		target/inspect.c, by target_request
 *	path		tree/traverse.c, tree/batch.c	all
 */
#ifndef OVL_COPY_CONTEXT_H
#define OVL_COPY_CONTEXT_H

#include "base/inodeset.h"
#include "base/pathbuf.h"
#include "session/session.h"
#include "source/source.h"
#include "target/target.h"

struct deferred;
struct dest;

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
	/** Takes over the rest of a big file (file/deferred.h); or NULL. */
	struct deferred *deferred;
};

/** What a context is made of. Everything is borrowed. */
struct copy_args {
	/** The session of the thread that copies. */
	struct ovlcp *o;
	/** Where events go. */
	struct event_sink *events;
	const struct copy_request *q;
	/** Path of what is copied first; copied. */
	const char *path;
	/** The destinations, q->n of them; NULL if there are none yet, or none are needed. */
	struct dest *dests;
	/** How many directories of the source the walk is in. */
	size_t depth;
};

/** The context. */
struct copy {
	struct ovlcp *o;
	struct event_sink *events;
	const struct copy_request *q;
	/** Those of q. */
	const struct ovlcp_options *opt;
	/** Whether nothing is to be changed, only foreseen. */
	bool is_dry;
	/** The destinations; NULL in a context of a single file that is open already. */
	struct dest *dests;
	/** How many directories of the source the walk is in. */
	size_t depth;
	/** Whether the way back up was lost at the source. */
	bool source_lost;
	/** Complete destinations, to notice one that is named twice. */
	struct inodeset finished;
	/** Path of what is being copied. */
	struct pathbuf path;
};

/** Make a context. 0; or -ENOMEM, and it was emitted. To be ended by copy_done in any case. */
int copy_init(struct copy *c, const struct copy_args *a);

/** Free what the context has allocated itself. */
void copy_done(struct copy *c);

/** Emit the failure of what is being copied, at the destination @dst. Returns -err->code. */
int copy_emit_error(const struct copy *c, const char *dst, const struct err *err);

/**
 * Give a complete destination the attributes of the source; those that cannot be kept are emitted.
 * Nothing in a dry run. @src_fd: the source, open, or negative. 0, or -errno.
 */
int copy_set_attrs(struct copy *c, struct target *t, const char *path, int src_fd,
		   const struct stat *src);

/** Give a destination that has no data yet its security context. Likewise. */
int copy_label(struct copy *c, struct target *t, const char *path, int src_fd,
	       const struct stat *src);

/** Record what was made for the rest of a fan-out and of the call. @from_caller: whether the caller
    named its source. 0; or -errno, and it was emitted. */
int copy_record_created(struct copy *c, const struct target *t, const char *path, bool from_caller);

/** Record @t, called @path, among the files that this call of several copies has made. 0 or
    -errno. */
int copy_record_for_call(struct ovlcp *o, const struct target *t, const char *path);

/** Whether @src, which was looked at, may be met again under another name of the same file. */
bool copy_may_have_link_peer(const struct copy *c, const struct source *src);

#endif
