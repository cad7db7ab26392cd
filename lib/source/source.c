/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Opening a source, without being tricked or held up by what it is.
 */
#include "source/source.h"

#include "base/fd.h"
#include "exec/data_segments.h"
#include "probe/layer.h"
#include "probe/layer_bypass.h"
#include "sys/descriptor.h"
#include "sys/status.h"
#include "base/inodeset.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>

static void describe_data(struct source *s, const struct stat *st)
{
	s->regular = S_ISREG(st->st_mode);
	s->size = s->regular ? (uint64_t)st->st_size : 0;
	/* fewer blocks than bytes: holes, or compression; st_blocks counts 512 bytes each */
	s->sparse = s->regular && (uint64_t)st->st_blocks * 512 < s->size;
}

/* Nothing is open. */
static void reset(struct source *s)
{
	s->fd = -EBADF;
	s->opened = 1;
	s->data = UINT64_MAX;
	s->layer_fd = -ENOENT;
}

int source_stat(struct source *s, struct err *ret_err)
{
	int r = sys_stat(s->at_fd, s->name, s->follow, &s->st);

	reset(s);
	if (r < 0)
		*ret_err = (struct err){ -r, OVLCP_OP_STAT_SOURCE };
	return r;
}

/*
 * Make reads of a stream wait for its data, as cp's do.
 *
 * A FIFO is not opened a second time for that: its writer may have come for the first reader
 * and be gone. But without O_NONBLOCK a FIFO that nobody has opened for writing yet would
 * seem to be at its end, so wait for data, or for the end of a writer, first. A pipe (such as
 * /dev/stdin may be) had its writer before we came.
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

static int open_data(const struct ovlcp *o, struct source *s, struct stat *ret_st)
{
	/* O_NONBLOCK: a FIFO without a writer, or a lease, must not hold us up here */
	int flags = O_RDONLY | O_NONBLOCK | (s->follow ? 0 : O_NOFOLLOW);
	CLEANUP_FD int fd = sys_open(s->at_fd, s->name, flags, 0);
	int r = fd < 0 ? fd : sys_fstat(fd, ret_st);

	if (r == 0 && !S_ISREG(ret_st->st_mode) && inode_same(&s->st, ret_st))
		r = wait_for_stream(o, fd, ret_st);
	return r < 0 ? r : TAKE_FD(fd);
}

static int open_attributes(struct source *s, struct stat *ret_st)
{
	int flags = O_PATH | (s->follow ? 0 : O_NOFOLLOW);
	CLEANUP_FD int fd = sys_open(s->at_fd, s->name, flags, 0);
	int r = fd < 0 ? fd : sys_fstat(fd, ret_st);

	return r < 0 ? r : TAKE_FD(fd);
}

int source_open(const struct ovlcp *o, struct source *s, enum source_access access)
{
	struct stat st;
	int fd;

	if (s->opened <= 0)
		return s->opened;
	fd = access == SOURCE_DATA ? open_data(o, s, &st) : open_attributes(s, &st);
	s->opened = fd < 0 ? fd : 0;
	s->open_error = (struct err){ -s->opened, OVLCP_OP_OPEN_SOURCE }; /* none if all is well */
	if (fd < 0)
		return s->opened;
	s->fd = fd;
	if (!inode_same(&s->st, &st)) {
		s->opened = -ESTALE;
		s->open_error = (struct err){ ESTALE, OVLCP_OP_SOURCE_REPLACED };
		return s->opened;
	}
	s->st = st; /* its size may have changed */
	describe_data(s, &st);
	return 0;
}

int source_open_file(struct source *s)
{
	/* O_NONBLOCK: what has taken the name meanwhile must not hold us up */
	CLEANUP_FD int fd = sys_open(s->at_fd, s->name,
				     O_RDONLY | O_NONBLOCK | (s->follow ? 0 : O_NOFOLLOW), 0);
	struct stat st;
	int r = fd < 0 ? fd : sys_fstat(fd, &st);

	if (r < 0)
		return r;
	if (!S_ISREG(st.st_mode))
		return -EINVAL;
	reset(s);
	s->st = st;
	s->fd = TAKE_FD(fd);
	s->opened = 0;
	describe_data(s, &st);
	return 0;
}

int source_replace_fd(struct source *s, int dst_fd)
{
	CLEANUP_FD int fd = sys_reopen(dst_fd, O_RDONLY);
	struct stat st;
	int r = fd < 0 ? fd : sys_fstat(fd, &st);

	if (r < 0)
		return r;
	fd_drop(&s->fd);
	s->fd = TAKE_FD(fd);
	s->consumed = false;
	describe_data(s, &st);
	return 0;
}

uint64_t source_data_bytes(struct source *s)
{
	struct data_segment seg = { 0, 0 };
	uint64_t sum = 0;

	if (s->data != UINT64_MAX)
		return s->data;
	s->data = s->size;
	if (!s->regular || !s->sparse)
		return s->data;
	while (seg.end < s->size && data_segment_next(s->fd, seg.end, &seg) > 0) {
		if (seg.end > s->size)
			seg.end = s->size;
		if (seg.start < seg.end)
			sum += seg.end - seg.start;
	}
	s->data = sum;
	return sum;
}

uint64_t source_copy_up_bytes(const struct source *s)
{
	/* a copy-up looks for the next data only after each piece (measured on Linux 6.18) */
	const uint64_t piece = UINT64_C(1) << 20;
	struct data_segment seg = { 0, 0 };
	uint64_t at = 0;
	uint64_t sum = 0;

	if (!s->sparse)
		return s->size;
	while (at < s->size && data_segment_next(s->fd, at, &seg) > 0 && seg.start < s->size) {
		uint64_t len = s->size - seg.start < piece ? s->size - seg.start : piece;

		sum += len;
		at = seg.start + len;
	}
	return sum;
}

void source_describe_layer(struct ovlcp *o, struct source *s)
{
	s->on_overlay = layer_is_overlay(s->fd);
	s->layer =
		s->regular ? layer_of(s->fd, &s->st, session_mount_table, o) : OVLCP_LAYER_UNKNOWN;
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
