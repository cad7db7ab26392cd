/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Triggers the copy-up by a call that changes nothing: it sets the atime of the source to what it
 * is; or, where that would copy up the metadata only, opens the source for writing, without a
 * write.
 *
 * Measured on Linux 6.18: every change of an attribute copies up the data too, unless metacopy=on.
 * The atime is the one attribute that leaves all else alone: chown(-1,-1) clears set-id bits and
 * capabilities, and setting the mode or the mtime could undo what another process has just set.
 * During an open for writing nothing can execute the file (ETXTBSY), a lease is broken, and
 * watchers see that it was closed after writing; setting the atime does nothing of that. O_TRUNC
 * empties the file even when the call fails with ETXTBSY. O_APPEND does no harm to a file that is
 * not written, and append-only files can be opened with it.
 */
#include "source/copyup.h"

#include "base/fd.h"
#include "base/inodeset.h"
#include "exec/progress.h"
#include "plan/errclass.h"
#include "probe/in_use.h"
#include "sys/attrs.h"
#include "sys/descriptor.h"
#include "sys/status.h"

#include <errno.h>
#include <fcntl.h>

/* Maximum number of attempts: a handled signal (EINTR) discards the work of a copy-up, so that a
   fast timer would make it start over for ever. */
#define TRIES 8

#define TRIGGER (O_WRONLY | O_APPEND | O_NONBLOCK)

/* Set the atime of the source to what it is. 0, or -errno. */
static int set_atime(const struct ovlcp *o, const struct source *s, const struct stat *st)
{
	const struct timespec times[2] = { st->st_atim, { .tv_nsec = UTIME_OMIT } };
	int r = -EINTR;

	for (int i = 0; r == -EINTR && i < TRIES; i++) {
		if (session_is_cancelled(o))
			return -ECANCELED;
		r = sys_utimes(s->fd, times);
	}
	return r;
}

bool source_is_leased(struct ovlcp *o, const struct source *s)
{
	const struct mount_table *mounts = session_mount_table(o);
	dev_t dev = s->st.st_dev;
	uint64_t id;

	/* files of an overlay have other device numbers than the overlay */
	if (mounts && sys_mount_id(s->fd, &id) == 0)
		(void)mount_table_device(mounts, id, &dev); /* the number of the file otherwise */
	return is_leased(dev, s->st.st_ino);
}

/* Open the source for writing. Returns a descriptor that the caller owns, or -errno. */
static int open_for_writing(struct ovlcp *o, const struct source *s)
{
	int fd = -EINTR;

	/* also an open that does not wait for the holder takes the lease away from it */
	if (source_is_leased(o, s))
		return -EAGAIN;
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

static bool is_newer(const struct timespec *a, const struct timespec *b)
{
	return a->tv_sec > b->tv_sec || (a->tv_sec == b->tv_sec && a->tv_nsec > b->tv_nsec);
}

static void warn_of_times(struct event_sink *events, const struct source *s, int error)
{
	(void)event_emit_error(events, OVLCP_EVENT_WARNING, s->path, "",
			       &(struct err){ error, OVLCP_OP_RESTORE_TIMES });
}

/*
 * Undo what the kernel did to the times of a file whose metadata had been copied up before: it gets
 * the current mtime (measured). In other cases a changed mtime is another process's write, which
 * must stay visible; and one that is earlier now was restored by another copy, which has begun
 * before.
 */
static void restore_times(struct event_sink *events, struct source *s, int fd,
			  const struct stat *before, const struct stat *after)
{
	const struct timespec times[2] = { before->st_atim, before->st_mtim };
	int r = 0;

	if (is_newer(&after->st_mtim, &before->st_mtim))
		r = sys_utimes(fd, times);
	else
		s->st.st_mtim = after->st_mtim;
	if (r < 0)
		warn_of_times(events, s, -r);
}

/* Trigger the copy-up by the open. 0, or -errno. */
static int copy_up_by_open(struct ovlcp *o, struct source *s, struct event_sink *events,
			   const struct stat *before, bool metadata_only)
{
	CLEANUP_FD int writer = open_for_writing(o, s);
	struct stat after;
	int r = writer < 0 ? writer : sys_fstat(writer, &after);

	if (writer >= 0 && r < 0 && metadata_only)
		warn_of_times(events, s, -r);
	if (r == 0 && !inode_same(before, &after))
		r = -ESTALE;
	if (r == 0 && metadata_only)
		restore_times(events, s, writer, before, &after);
	return r;
}

/* Replace the descriptor: before Linux 4.19 the old one still reads the lower file. 0, or
   -errno. */
static int reopen(struct source *s, const struct stat *before)
{
	CLEANUP_FD int reader = sys_reopen(s->fd, O_RDONLY);
	struct stat after;
	int r = reader < 0 ? reader : sys_fstat(reader, &after);

	if (reader == -ENOENT)
		return 0;
	if (r == 0 && !inode_same(before, &after))
		r = -ESTALE;
	if (r < 0)
		return r;
	fd_drop(&s->fd);
	s->fd = TAKE_FD(reader);
	return 0;
}

static int copy_up(struct ovlcp *o, struct source *s, struct event_sink *events,
		   const struct facts *f)
{
	/* on fuse-overlayfs it may be on the upper layer already, which nothing tells, not even the
	   ctime */
	const bool is_lower =
		f->relation != RELATION_SAME_FUSE_OVERLAY || f->src_range_shares == ANSWER_NO;
	const uint64_t bytes = is_lower ? source_copy_up_bytes(s) : 0;
	struct exec_step step;
	struct stat before;
	int r = sys_fstat(s->fd, &before);

	if (r < 0)
		return r;
	exec_step_begin(&step, o->progress, OVLCP_STEP_COPY_UP, bytes, -EBADF);
	r = f->copy_up_opens ? -EPERM : set_atime(o, s, &before);
	/* not the owner after all, as root without that capability; or append-only */
	if (r == -EPERM)
		r = copy_up_by_open(o, s, events, &before, f->metadata_only);
	exec_step_end(&step);
	if (r < 0)
		return r;
	exec_progress_add(o->progress, (struct exec_bytes){ .copied_up = bytes });
	s->copied_up_unreported = bytes;
	s->data_bytes = UINT64_MAX; /* short holes were filled */
	return reopen(s, &before);
}

int source_copy_up(struct ovlcp *o, struct source *s, struct event_sink *events,
		   const struct facts *f)
{
	if (s->copy_up == CLASS_NOT_TRIED) {
		int r;

		pthread_mutex_lock(o->copy_up_lock);
		r = copy_up(o, s, events, f);
		pthread_mutex_unlock(o->copy_up_lock);
		s->copy_up_error = -r;
		s->copy_up = plan_classify(PLAN_COPY_UP, s->copy_up_error);
	}
	return -s->copy_up_error;
}
