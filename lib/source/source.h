/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The source of a copy: looked at, opened once when it is needed, copied up if need be.
 */
#ifndef OVL_JOB_SOURCE_H
#define OVL_JOB_SOURCE_H

#include "model/event.h"
#include "model/plan.h"
#include "session/session.h"

#include <sys/stat.h>

/** A source. The strings are borrowed. */
struct source {
	/** Directory that name is relative to, or AT_FDCWD. */
	int at_fd;
	/** Path from there; a single name if it was found in a tree. */
	const char *name;
	/** Path as people know it. */
	const char *path;
	/** Whether the caller named it. */
	bool from_caller;
	/** Whether it is followed if it is a symbolic link. */
	bool follow;
	/** Open for reading, or by O_PATH if it is a link or special; -EBADF before source_open. */
	int fd;
	/** What came of source_open: 0, -errno, or 1 as long as nobody has tried. */
	int opened;
	/** The operation that failed then. */
	struct err open_error;
	/** As it was when it was looked at; attributes of the copies come from here. */
	struct stat st;
	/** Whether fd is a regular file: its data can be read again, at offsets, and cloned. */
	bool regular;
	/** Bytes that fd holds; 0 where it does not say. */
	uint64_t size;
	/** Whether fd may hold holes. */
	bool sparse;
	/** Whether a stream was read, so that nothing is left for another destination. */
	bool consumed;
	/** What became of a copy-up; CLASS_NOT_TRIED if there was none. */
	enum plan_class copy_up;
	/** errno (positive) of it. */
	int copy_up_error;
	/** Bytes a copy-up wrote to the upper layer and nobody was told of yet. */
	uint64_t copied_up_unreported;
	/** Its own file in a layer of the overlay, open for reading; or -errno. */
	int layer_fd;
	/** Where it lay before a copy-up; looked for only where that is to be explained. */
	enum ovlcp_layer layer;
	/** Whether it lies on an overlay; likewise. */
	bool on_overlay;
	/** Bytes that are no holes; UINT64_MAX as long as nobody counted. */
	uint64_t data;
};

/** How a source is opened. */
enum source_access {
	/** For its data; of a FIFO, wait for a writer. */
	SOURCE_DATA,
	/** For the attributes of what is not opened for its data: a link, a device. */
	SOURCE_ATTRIBUTES,
};

/**
 * Look at s->name, following it if s->follow. Fills s->st; opens nothing, so that a FIFO or a
 * device is left in peace. 0; or -errno with @ret_err filled.
 */
int source_stat(struct source *s, struct err *ret_err);

/**
 * Open a source that has not been looked at, but should be a regular file, and look at it then.
 * 0; or -errno and nothing has changed, -EINVAL if it is none.
 */
int source_open_file(struct source *s);

/**
 * Open a source that was looked at, unless that was tried before; it must still be the file
 * that it was. 0; or -errno, and s->open_error says more.
 */
int source_open(const struct ovlcp *o, struct source *s, enum source_access access);

/**
 * Let the complete destination @dst_fd stand in for a stream that was read: later
 * destinations get their data from there. Borrows @dst_fd. 0, or -errno and nothing changed.
 */
int source_replace_fd(struct source *s, int dst_fd);

/** Find out what only explanations tell of an open source: s->layer, s->on_overlay, s->data. */
void source_describe_layer(struct ovlcp *o, struct source *s);

/**
 * Look for the source's own file in a layer of its overlay that may lie on the filesystem
 * @dst_dev. On success s->layer_fd is open. 0; or -ENOENT if it cannot be seen or proved.
 */
int source_open_layer_file(struct ovlcp *o, struct source *s, dev_t dst_dev);

/** Bytes of an open source that are no holes. */
uint64_t source_data_bytes(struct source *s);

/** Bytes that a copy-up of an open source writes, which has not been copied up. */
uint64_t source_copy_up_bytes(const struct source *s);

/** Close a source. */
void source_close(struct source *s);

#endif
