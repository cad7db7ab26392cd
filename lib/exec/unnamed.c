/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Mode 0600: even the temporary name can be opened by the caller only.
 */
#include "exec/unnamed.h"

#include "base/fd.h"
#include "base/tempname.h"
#include "sys/descriptor.h"
#include "sys/names.h"
#include "sys/status.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <sys/stat.h>

#define MODE (S_IRUSR | S_IWUSR)

/* A file without a name by O_TMPFILE; -EOPNOTSUPP if that is not known here (open(2)). */
static int open_tmpfile(int dir_fd, mode_t mode)
{
	int fd = sys_open(dir_fd, ".", O_TMPFILE | O_RDWR, mode);
	bool is_unknown = fd == -EOPNOTSUPP || fd == -EISDIR || fd == -ENOENT || fd == -EINVAL ||
			  fd == -ENOSYS;

	return is_unknown ? -EOPNOTSUPP : fd;
}

int exec_open_linkable(int dir_fd, mode_t mode)
{
	CLEANUP_FD int fd = open_tmpfile(dir_fd, mode);
	char path[SYS_FD_PATH_SIZE];
	struct stat st;

	if (fd < 0)
		return fd;
	sys_fd_path(fd, path);
	return sys_stat(AT_FDCWD, path, true, &st) < 0 ? -EOPNOTSUPP : TAKE_FD(fd);
}

int exec_open_unnamed(int dir_fd)
{
	char name[TEMPNAME_SIZE];
	CLEANUP_FD int fd = open_tmpfile(dir_fd, MODE);
	int r;

	if (fd != -EOPNOTSUPP)
		return TAKE_FD(fd);
	tempname(name);
	fd = sys_open(dir_fd, name, O_RDWR | O_CREAT | O_EXCL, MODE);
	r = fd < 0 ? fd : sys_unlink(dir_fd, name);
	return r < 0 ? r : TAKE_FD(fd);
}
