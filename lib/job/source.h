/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The source of a copy: opened once, looked at through its descriptor, copied up if need be.
 */
#ifndef OVL_JOB_SOURCE_H
#define OVL_JOB_SOURCE_H

#include "job/session.h"
#include "model/event.h"
#include "model/plan.h"

#include <sys/stat.h>

/** An open source. The paths are borrowed. */
struct source {
	/** Directory that path is relative to, or AT_FDCWD. */
	int at_fd;
	/** Path as it was given. */
	const char *path;
	/** Open for reading, or -EBADF. */
	int fd;
	/** As it was when it was opened; attributes of the copies come from here. */
	struct stat st;
	/** Whether fd is a regular file: its data can be read again, at offsets, and cloned. */
	bool regular;
	/** Bytes that fd holds; 0 where it does not say. */
	uint64_t size;
	/** Whether fd may hold holes. */
	bool sparse;
	/** Whether a stream was read, so that nothing is left for another destination. */
	bool spent;
	/** What became of a copy-up; CLASS_NOT_TRIED if there was none. */
	enum plan_class copy_up;
	/** errno (positive) of it. */
	int copy_up_error;
	/** Bytes a copy-up wrote to the upper layer and nobody was told of yet. */
	uint64_t copied_up_unreported;
};

/**
 * Open @path relative to @at_fd for reading; of a FIFO, wait for a writer.
 * @ret_s: filled on success, to be closed with source_close.
 * Returns 0; or -errno with @ret_err filled (also for a directory: -EISDIR).
 */
int source_open(const struct ovlcp *o, struct source *ret_s, int at_fd, const char *path,
		struct err *ret_err);

/**
 * Let the complete destination @dst_fd stand in for a stream that was read: later
 * destinations get their data from there. Borrows @dst_fd. 0, or -errno and nothing changed.
 */
int source_stand_in(struct source *s, int dst_fd);

/** Close a source. */
void source_close(struct source *s);

/**
 * Make the overlay copy the source up, once per source: a second call repeats the first
 * one's outcome. Nothing is written to the source; its times stay as they are. On success
 * s->fd is a descriptor of the copied-up file.
 *
 * @metadata_only: facts.metadata_only; the kernel then changes the mtime, which is put back.
 * Returns 0 or -errno; nothing has changed on failure, except that @o was told in a warning
 * if the times could not be put back.
 */
int source_copy_up(struct ovlcp *o, struct source *s, bool metadata_only);

#endif
