/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The copy-up: opening the source for writing, without writing, makes the overlay bring its
 * data to the upper layer.
 *
 * Only this trigger is used. Measured on Linux 6.18: chmod and utimensat bring the metadata
 * alone where metacopy=on, chown(-1,-1) takes set-id bits and capabilities away, and
 * O_TRUNC empties the file even when the call fails with ETXTBSY. O_APPEND changes nothing
 * for a file that is not written and admits append-only ones.
 */
#include "source/copyup.h"

#include "base/fd.h"
#include "plan/errclass.h"
#include "base/inodeset.h"
#include "sys/attrs.h"
#include "sys/descriptor.h"
#include "sys/status.h"

#include <errno.h>
#include <fcntl.h>

/* A handled signal throws the work of a copy-up away; a fast timer would starve it for ever. */
#define TRIES 8

#define TRIGGER (O_WRONLY | O_APPEND | O_NONBLOCK)

/* The trigger itself. Returns a descriptor for writing, which the caller owns, or -errno. */
static int trigger(const struct ovlcp *o, const struct source *s)
{
	int fd = -EINTR;

	for (int i = 0; fd == -EINTR && i < TRIES; i++) {
		if (session_is_cancelled(o))
			return -ECANCELED;
		fd = sys_reopen(s->fd, TRIGGER);
		/* without /proc by name, never through a link; the caller compares identity,
		   because another file may have taken the name meanwhile */
		if (fd == -ENOENT)
			fd = sys_open(s->at_fd, s->name, TRIGGER | O_NOFOLLOW, 0);
	}
	return fd;
}

static void restore_times(struct event_sink *events, const struct source *s, int fd,
			  const struct stat *before)
{
	const struct timespec times[2] = { before->st_atim, before->st_mtim };
	int r = sys_utimes(fd, times);

	if (r < 0)
		(void)event_emit_error(events, OVLCP_EVENT_WARNING, s->path, "",
				       &(struct err){ -r, OVLCP_OP_RESTORE_TIMES });
}

static int copy_up(const struct ovlcp *o, struct source *s, struct event_sink *events,
		   bool metadata_only)
{
	CLEANUP_FD int writer = -EBADF;
	CLEANUP_FD int reader = -EBADF;
	const uint64_t bytes = source_copy_up_bytes(s);
	struct stat before;
	struct stat after;
	int r = sys_fstat(s->fd, &before);

	if (r < 0)
		return r;
	writer = trigger(o, s);
	if (writer < 0)
		return writer;
	r = sys_fstat(writer, &after);
	if (r == 0 && !inode_same(&before, &after))
		r = -ESTALE;
	if (r < 0)
		return r;
	/* of a file that was not half copied up the times stay (measured), and if they do not
	   it is somebody else's write that must not be hidden */
	if (metadata_only)
		restore_times(events, s, writer, &before);
	s->copied_up_unreported = bytes;

	/* Before Linux 4.19 the old descriptor goes on reading the lower file. */
	reader = sys_reopen(s->fd, O_RDONLY);
	if (reader == -ENOENT)
		return 0;
	r = reader < 0 ? reader : sys_fstat(reader, &after);
	if (r == 0 && !inode_same(&before, &after))
		r = -ESTALE;
	if (r < 0)
		return r;
	fd_drop(&s->fd);
	s->fd = TAKE_FD(reader);
	return 0;
}

int source_copy_up(const struct ovlcp *o, struct source *s, struct event_sink *events,
		   bool metadata_only)
{
	if (s->copy_up == CLASS_NOT_TRIED) {
		int r = copy_up(o, s, events, metadata_only);

		s->copy_up_error = -r;
		s->copy_up = plan_classify(PLAN_COPY_UP, s->copy_up_error);
	}
	return -s->copy_up_error;
}
