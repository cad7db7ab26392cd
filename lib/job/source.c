/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Opening a source, without being tricked or held up by what it is.
 */
#include "job/source.h"

#include "base/fd.h"
#include "sys/sys.h"

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

/* cp looks before it opens; we open at once, and find out afterwards which one it was. */
static int open_failed(int at_fd, const char *path, int r, struct err *ret_err)
{
	struct stat st;
	int looked = sys_stat(at_fd, path, true, &st);

	if (looked < 0)
		*ret_err = (struct err){ -looked, OVLCP_OP_STAT_SOURCE };
	else
		*ret_err = (struct err){ -r, OVLCP_OP_OPEN_SOURCE };
	return -ret_err->code;
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
		while (r == -EINTR && !atomic_load(&o->cancelled));
	return r < 0 ? r : sys_make_blocking(fd);
}

int source_open(const struct ovlcp *o, struct source *ret_s, int at_fd, const char *path,
		struct err *ret_err)
{
	/* O_NONBLOCK: a FIFO without a writer, or a lease, must not hold us up here */
	CLEANUP_FD int fd = sys_open(at_fd, path, O_RDONLY | O_NONBLOCK, 0);
	struct stat st;
	int r;

	if (fd < 0)
		return open_failed(at_fd, path, fd, ret_err);
	r = sys_fstat(fd, &st);
	if (r == 0 && S_ISDIR(st.st_mode)) {
		*ret_err = (struct err){ EISDIR, OVLCP_OP_SOURCE_IS_DIRECTORY };
		return -EISDIR;
	}
	if (r == 0 && !S_ISREG(st.st_mode))
		r = wait_for_stream(o, fd, &st);
	if (r < 0) {
		*ret_err = (struct err){ -r, OVLCP_OP_OPEN_SOURCE };
		return r;
	}
	*ret_s = (struct source){ .at_fd = at_fd, .path = path, .fd = TAKE_FD(fd), .st = st };
	describe_data(ret_s, &st);
	return 0;
}

int source_stand_in(struct source *s, int dst_fd)
{
	CLEANUP_FD int fd = sys_reopen(dst_fd, O_RDONLY);
	struct stat st;
	int r = fd < 0 ? fd : sys_fstat(fd, &st);

	if (r < 0)
		return r;
	fd_drop(&s->fd);
	s->fd = TAKE_FD(fd);
	s->spent = false;
	describe_data(s, &st);
	return 0;
}

void source_close(struct source *s)
{
	fd_drop(&s->fd);
	s->fd = -EBADF;
}
