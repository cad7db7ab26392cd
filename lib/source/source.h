/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The source of a copy: stat first, open once when the data or attributes are needed, copy up if
 * the plan says so.
 */
#ifndef OVL_SOURCE_SOURCE_H
#define OVL_SOURCE_SOURCE_H

#include "model/event.h"
#include "model/plan.h"
#include "probe/identity.h"
#include "session/session.h"

#include <sys/stat.h>

/** A source. The strings are borrowed, the descriptors owned (but not at_fd). */
struct source {
	/** Directory that name is relative to, or AT_FDCWD; borrowed. */
	int at_fd;
	/** Path relative to at_fd; a single component if it was found in a tree. */
	const char *name;
	/** Path for events. */
	const char *path;
	/** True if the caller gave the path; false if the walk found the file in a tree. */
	bool from_caller;
	/** True if a symbolic link of that name is followed. */
	bool follow;
	/** Open for reading, or O_PATH for a symbolic link or a special file; -EBADF before
	    source_open. */
	int fd;
	/** Result of source_open: 0 or -errno; 1 before the first call. */
	int opened;
	/** The error of source_open; the code is 0 if it succeeded. */
	struct err open_error;
	/** Result of stat, renewed by source_open; copies get their attributes from it. */
	struct stat st;
	/** True if fd is a regular file, so that its data can be read again, read at offsets and
	    cloned. */
	bool regular;
	/** Size of fd in bytes; 0 for other than regular files. */
	uint64_t size;
	/** True if fd has fewer blocks than bytes, so that it may have holes. */
	bool sparse;
	/** True once a stream was read, so that no data is left for another destination. */
	bool consumed;
	/** Outcome of the copy-up; CLASS_NOT_TRIED if none was tried. */
	enum plan_class copy_up;
	/** errno (positive) of the copy-up; 0 if it succeeded or was not tried. */
	int copy_up_error;
	/** Bytes that a copy-up wrote to the upper layer and that no event has reported yet. */
	uint64_t copied_up_unreported;
	/** Whether a hard link of a dry run would have copied it up. */
	bool link_copies_up;
	/** The file in a layer of the overlay that holds the data, open for reading; or -errno. */
	int layer_fd;
	/** Layer that held the data before the copy to the present destination; set by
	    source_describe_layer only. */
	enum ovlcp_layer layer;
	/** True if the source is on an overlay; set by source_describe_layer only. */
	bool on_overlay;
	/** Bytes outside of holes; UINT64_MAX before they are counted. */
	uint64_t data_bytes;
};

/** What a source is opened for. */
enum source_access {
	/** For its data. A FIFO is waited for until it has a writer. */
	SOURCE_DATA,
	/** For its attributes, O_PATH: a symbolic link or a special file. */
	SOURCE_ATTRIBUTES,
};

/** Return where the source can be looked at: its descriptor, or before it is open its name. */
struct identity_file source_identity(const struct source *s);

/**
 * Fill s->st by stat, following a symbolic link if s->follow. The source is not opened, which
 * would wait at a FIFO and might act on a device.
 * Returns 0; or -errno with @ret_err filled.
 */
int source_stat(struct source *s, struct err *ret_err);

/**
 * Open the source and fill s->st by fstat, without source_stat before. It must be a regular file.
 * Returns 0; or -errno with @s unchanged, -EINVAL for another kind of file.
 */
int source_open_file(struct source *s);

/**
 * Open the directory @s after source_stat, and fill s->st by fstat. What is opened need not be what
 * stat has seen: opening may mount a filesystem there (automount), and an overlay may number a
 * directory anew once the kernel has forgotten it.
 * Returns 0; or -errno with @s unchanged, -ENOTDIR or -ELOOP if it is no directory any more.
 */
int source_open_directory(struct source *s);

/**
 * Open the source after source_stat; it must still be the same file. Later calls return the
 * result of the first.
 * Returns 0; or -errno with s->open_error filled, -ESTALE if another file has the name.
 */
int source_open(const struct ovlcp *o, struct source *s, enum source_access access);

/**
 * Read the data for later destinations from the start of the file @fd, because the source is a
 * stream that was consumed. @fd: borrowed; a complete destination, or s->fd itself.
 * Returns 0; or -errno with @s unchanged.
 */
int source_replace_fd(struct source *s, int fd);

/** Fill s->layer, s->on_overlay and s->data_bytes of an open source, which explanations need. */
void source_describe_layer(struct ovlcp *o, struct source *s);

/**
 * Find and open the file in a layer of the overlay that holds the data of the source, if it may be
 * on the filesystem @dst_dev. On success s->layer_fd is open.
 * Returns 0; or -errno, -ENOENT if the file is not visible, or is not proved to be the right one.
 */
int source_open_layer_file(struct ovlcp *o, struct source *s, dev_t dst_dev);

/**
 * Set @ret_dev to st_dev of the directory that the source is in. Returns 0; or -errno, -ELOOP if
 * the source was reached through a symbolic link, so that the directory is another one.
 */
int source_directory_dev(const struct source *s, dev_t *ret_dev);

/** Whether it may have holes that its filesystem does not tell of, see data_segment_hides_holes. */
bool source_hides_holes(const struct source *s);

/** Return the bytes of an open source that are outside of holes; counted once. */
uint64_t source_data_bytes(struct source *s);

/** Return the bytes that a copy-up of an open source would write. Call before the copy-up. */
uint64_t source_copy_up_bytes(const struct source *s);

/** Close the descriptors of a source. */
void source_close(struct source *s);

#endif
