/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Opens files by one component at a time, so that a process that renames directories or puts links
 * there cannot lead the way elsewhere.
 */
#include "dedupe/opened.h"

#include "base/fd.h"
#include "sys/descriptor.h"
#include "sys/status.h"
#include "walk/descend.h"

#include <errno.h>
#include <fcntl.h>

/* What is told about a file of each side that cannot be looked at, or opened. */
static const struct {
	enum ovlcp_op stat;
	enum ovlcp_op open;
} ops[] = {
	[OVLCP_SIDE_SOURCE] = { OVLCP_OP_STAT_SOURCE, OVLCP_OP_OPEN_SOURCE },
	[OVLCP_SIDE_DESTINATION] = { OVLCP_OP_STAT_DESTINATION, OVLCP_OP_OPEN_DESTINATION },
};

int opened_quietly(int at_fd, const char *name, int flags)
{
	const int all = flags | O_RDONLY | O_NONBLOCK;
	int fd = sys_open(at_fd, name, all | O_NOATIME, 0);

	return fd == -EPERM ? sys_open(at_fd, name, all, 0) : fd;
}

static int open_failed(struct err *ret_err, int r, enum ovlcp_op op)
{
	*ret_err = (struct err){ -r, op };
	return r;
}

/* The file is no regular one. */
static int fail_kind(struct err *ret_err)
{
	*ret_err = (struct err){ 0, OVLCP_OP_DEDUPE_KIND };
	return -EINVAL;
}

int opened_open(struct opened *f, enum ovlcp_side side, int at_fd, const char *name, bool follow,
		struct err *ret_err)
{
	CLEANUP_FD int fd = -EBADF;
	int r = sys_stat(at_fd, name, follow, &f->st);

	f->fd = -EBADF;
	if (r < 0)
		return open_failed(ret_err, r, ops[side].stat);
	if (!S_ISREG(f->st.st_mode))
		return fail_kind(ret_err);
	fd = opened_quietly(at_fd, name, follow ? 0 : O_NOFOLLOW);
	if (fd < 0)
		return open_failed(ret_err, fd, ops[side].open);
	r = sys_fstat(fd, &f->st); /* another file may have got the name */
	if (r < 0)
		return open_failed(ret_err, r, ops[side].stat);
	if (!S_ISREG(f->st.st_mode))
		return fail_kind(ret_err);
	f->fd = TAKE_FD(fd);
	return 0;
}

int opened_open_below(struct opened *f, enum ovlcp_side side, int top_fd, const char *below,
		      struct err *ret_err)
{
	const char *name;
	CLEANUP_FD int at_fd = descend(sys_dup(top_fd), below, false, &name);

	f->fd = -EBADF;
	if (at_fd < 0)
		return open_failed(ret_err, at_fd, ops[side].stat);
	return opened_open(f, side, at_fd, name, false, ret_err);
}

int opened_check_directory(int top_fd, const char *below)
{
	const char *name;
	CLEANUP_FD int at_fd = descend(sys_dup(top_fd), below, false, &name);
	struct stat st;
	int r = at_fd < 0 ? at_fd : sys_stat(at_fd, name, false, &st);

	return r < 0 ? r : S_ISDIR(st.st_mode) ? 0 : -ENOTDIR;
}

void opened_close(struct opened *f)
{
	fd_drop(&f->fd);
	f->fd = -EBADF;
}
