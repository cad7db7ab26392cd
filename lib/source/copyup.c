/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Triggers the copy-up: an open for writing, without a write, makes the overlay copy the data of
 * the source to the upper layer.
 *
 * No other trigger is used. Measured on Linux 6.18: with metacopy=on, chmod and utimensat
 * copy up the metadata only; chown(-1,-1) clears set-id bits and capabilities; O_TRUNC empties the
 * file even when the call fails with ETXTBSY. O_APPEND does no harm to a file that is not written,
 * and append-only files can be opened with it.
 */
#include "source/copyup.h"

#include "base/fd.h"
#include "base/inodeset.h"
#include "plan/errclass.h"
#include "sys/attrs.h"
#include "sys/descriptor.h"
#include "sys/status.h"

#include <errno.h>
#include <fcntl.h>

/* Maximum number of attempts: a handled signal (EINTR) discards the work of a copy-up, so that a
   fast timer would make it start over for ever. */
#define TRIES 8

#define TRIGGER (O_WRONLY | O_APPEND | O_NONBLOCK)

/* Open the source for writing. Returns a descriptor that the caller owns, or -errno. */
static int open_for_writing(const struct ovlcp *o, const struct source *s)
{
	int fd = -EINTR;

	for (int i = 0; fd == -EINTR && i < TRIES; i++) {
		if (session_is_cancelled(o))
			return -ECANCELED;
		fd = sys_reopen(s->fd, TRIGGER);
		/* without /proc: open by name, never through a symbolic link. The caller compares
		   the identity, because another file may have taken the name. */
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
	writer = open_for_writing(o, s);
	if (writer < 0)
		return writer;
	r = sys_fstat(writer, &after);
	if (r == 0 && !inode_same(&before, &after))
		r = -ESTALE;
	if (r < 0)
		return r;
	/* the kernel changes the mtime only if the metadata had been copied up before (measured);
	   in other cases a changed mtime is another process's write, which must stay visible */
	if (metadata_only)
		restore_times(events, s, writer, &before);
	s->copied_up_unreported = bytes;

	/* before Linux 4.19 the old descriptor still reads the lower file */
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
