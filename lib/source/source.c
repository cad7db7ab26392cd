/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Opens a source: open(2) never blocks at a FIFO, waits for the end of a lease, and the call fails
 * if the name does not lead to the file that stat has seen any more.
 */
#include "source/source.h"

#include "base/fd.h"
#include "base/inodeset.h"
#include "base/path.h"
#include "exec/data_segments.h"
#include "probe/layer.h"
#include "probe/layer_bypass.h"
#include "sys/descriptor.h"
#include "sys/status.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <string.h>

static void fill_size(struct source *s, const struct stat *st)
{
	s->regular = S_ISREG(st->st_mode);
	s->size = s->regular ? (uint64_t)st->st_size : 0;
	/* fewer blocks than bytes mean holes or compression; st_blocks counts units of 512 bytes */
	s->sparse = s->regular && (uint64_t)st->st_blocks * 512 < s->size;
}

/* Set the fields of a source that is not open. */
static void set_closed(struct source *s)
{
	s->fd = -EBADF;
	s->opened = 1;
	s->data_bytes = UINT64_MAX;
	s->layer_fd = -ENOENT;
}

struct identity_file source_identity(const struct source *s)
{
	if (s->fd >= 0)
		return (struct identity_file){ .fd = s->fd };
	return (struct identity_file){ .fd = s->at_fd, .name = s->name, .follow = s->follow };
}

/* Open the source with @flags of open(2), and stat what was opened. An fd, or -errno. */
static int open_and_stat(const struct source *s, int flags, struct stat *ret_st)
{
	CLEANUP_FD int fd = sys_open(s->at_fd, s->name, flags | (s->follow ? 0 : O_NOFOLLOW), 0);
	int r = fd < 0 ? fd : sys_fstat(fd, ret_st);

	return r < 0 ? r : TAKE_FD(fd);
}

int source_stat(struct source *s, struct err *ret_err)
{
	int r = sys_stat(s->at_fd, s->name, s->follow, &s->st);

	set_closed(s);
	if (r < 0)
		*ret_err = (struct err){ -r, OVLCP_OP_STAT_SOURCE };
	return r;
}

/*
 * Make reads of a stream wait for its data, as those of cp do.
 *
 * A FIFO is not opened a second time without O_NONBLOCK: its writer may have opened it for the
 * first reader and be gone. But a read from a FIFO that has had no writer yet returns end of file,
 * so poll for data, or for the end of a writer, first. A pipe (/dev/stdin may be one) does not need
 * this: it had its writer before it was opened here.
 */
static int wait_for_stream(const struct ovlcp *o, int fd, const struct stat *st)
{
	uint64_t magic = 0;
	int r = sys_fs_magic(fd, &magic);

	if (r == 0 && S_ISFIFO(st->st_mode) && magic != PIPEFS_MAGIC)
		do
			r = sys_wait_readable(fd);
		while (r == -EINTR && !atomic_load(o->cancelled));
	return r < 0 ? r : sys_make_blocking(fd);
}

/*
 * Open a regular file on which another process holds a lease (fcntl(2), F_SETLEASE). The kernel
 * asks that process to give it up, and takes it away after /proc/sys/fs/lease-break-time. Through
 * O_PATH, so that another kind of file that took the name is not waited for.
 */
static int wait_for_lease(const struct ovlcp *o, const struct source *s)
{
	struct stat st;
	CLEANUP_FD int path_fd = open_and_stat(s, O_PATH, &st);
	int r;

	if (path_fd < 0)
		return path_fd;
	if (!S_ISREG(st.st_mode))
		return -EAGAIN;
	do
		r = sys_reopen(path_fd, O_RDONLY);
	while (r == -EINTR && !atomic_load(o->cancelled));
	return r == -ENOENT ? -EAGAIN : r; /* without /proc it is not waited for */
}

/* Open the source for reading without waiting for the writer of a FIFO. An fd, or -errno. */
static int open_for_reading(const struct ovlcp *o, const struct source *s)
{
	int flags = O_RDONLY | O_NONBLOCK | (s->follow ? 0 : O_NOFOLLOW);
	int fd = sys_open(s->at_fd, s->name, flags, 0);

	return fd == -EAGAIN ? wait_for_lease(o, s) : fd;
}

static int open_data(const struct ovlcp *o, struct source *s, struct stat *ret_st)
{
	CLEANUP_FD int fd = open_for_reading(o, s);
	int r = fd < 0 ? fd : sys_fstat(fd, ret_st);

	if (r == 0 && !S_ISREG(ret_st->st_mode) && inode_same(&s->st, ret_st))
		r = wait_for_stream(o, fd, ret_st);
	return r < 0 ? r : TAKE_FD(fd);
}

/* Whether the open source, with @st, is the file that stat has seen although it has another number:
   some filesystems number a file anew once the kernel has forgotten it (probe/identity.h). */
static bool is_renumbered(const struct source *s, const struct stat *st)
{
	const struct identity_file f = { .fd = s->fd };

	return S_ISREG(st->st_mode) && identity_looks_equal(&s->st, st) && !identity_is_certain(&f);
}

int source_open(const struct ovlcp *o, struct source *s, enum source_access access)
{
	struct stat st;
	int fd;

	if (s->opened <= 0)
		return s->opened;
	fd = access == SOURCE_DATA ? open_data(o, s, &st) : open_and_stat(s, O_PATH, &st);
	s->opened = fd < 0 ? fd : 0;
	s->open_error = (struct err){ -s->opened, OVLCP_OP_OPEN_SOURCE }; /* code 0: no error */
	if (fd < 0)
		return s->opened;
	s->fd = fd;
	if (!inode_same(&s->st, &st) && !is_renumbered(s, &st)) {
		s->opened = -ESTALE;
		s->open_error = (struct err){ ESTALE, OVLCP_OP_SOURCE_REPLACED };
		return s->opened;
	}
	s->st = st; /* the size may have changed since source_stat */
	fill_size(s, &st);
	return 0;
}

int source_open_file(struct source *s)
{
	struct stat st;
	/* O_NONBLOCK: another kind of file may have taken the name */
	CLEANUP_FD int fd = open_and_stat(s, O_RDONLY | O_NONBLOCK, &st);

	if (fd < 0)
		return fd;
	if (!S_ISREG(st.st_mode))
		return -EINVAL;
	set_closed(s);
	s->st = st;
	s->fd = TAKE_FD(fd);
	s->opened = 0;
	fill_size(s, &st);
	return 0;
}

int source_open_directory(struct source *s)
{
	struct stat st;
	int fd = open_and_stat(s, O_RDONLY | O_DIRECTORY, &st);

	if (fd < 0)
		return fd;
	s->st = st;
	s->fd = fd;
	return 0;
}

int source_directory_dev(const struct source *s, dev_t *ret_dev)
{
	CLEANUP_FREE char *dir = path_directory(s->name);
	struct stat st;
	int r = dir ? sys_stat(s->at_fd, s->name, false, &st) : -ENOMEM;

	if (r == 0 && S_ISLNK(st.st_mode))
		r = -ELOOP;
	if (r == 0)
		r = sys_stat(s->at_fd, dir, true, &st);
	if (r == 0)
		*ret_dev = st.st_dev;
	return r;
}

int source_replace_fd(struct source *s, int fd)
{
	CLEANUP_FD int again = sys_reopen(fd, O_RDONLY);
	struct stat st;
	int r = again < 0 ? again : sys_fstat(again, &st);

	if (r < 0)
		return r;
	fd_drop(&s->fd);
	s->fd = TAKE_FD(again);
	s->consumed = false;
	s->data_bytes = UINT64_MAX; /* those of the stream */
	fill_size(s, &st);
	return 0;
}

bool source_hides_holes(const struct source *s)
{
	struct data_segment first;

	return s->sparse && data_segment_next(s->fd, 0, &first) > 0 &&
	       data_segment_hides_holes(&first, s->size);
}

uint64_t source_data_bytes(struct source *s)
{
	if (s->data_bytes == UINT64_MAX)
		s->data_bytes =
			s->regular && s->sparse ? data_segments_sum(s->fd, s->size) : s->size;
	return s->data_bytes;
}

uint64_t source_copy_up_bytes(const struct source *s)
{
	/* the kernel asks for holes whether the number of blocks shows some or not (squashfs) */
	return data_segments_copied_up(s->fd, s->size);
}

void source_describe_layer(struct ovlcp *o, struct source *s)
{
	s->on_overlay = layer_on_overlay(s->fd, session_mount_table, o) == ANSWER_YES;
	s->layer =
		s->regular ? layer_of(s->fd, &s->st, session_mount_table, o) : OVLCP_LAYER_UNKNOWN;
	/* after that of a dry run the kernel still says that it is on a lower one */
	if (s->copy_up == CLASS_DONE && s->layer != OVLCP_LAYER_UNKNOWN)
		s->layer = OVLCP_LAYER_UPPER;
	(void)source_data_bytes(s);
}

void source_close(struct source *s)
{
	fd_drop(&s->fd);
	s->fd = -EBADF;
	fd_drop(&s->layer_fd);
	s->layer_fd = -ENOENT;
}

int source_open_layer_file(struct ovlcp *o, struct source *s, dev_t dst_dev)
{
	int fd = layer_bypass_open(&(struct layer_bypass_question){ .src_fd = s->fd,
								    .src = &s->st,
								    .dst_dev = dst_dev,
								    .mounts = session_mount_table,
								    .payload = o });

	if (fd < 0)
		return fd;
	fd_drop(&s->layer_fd);
	s->layer_fd = fd;
	return 0;
}
