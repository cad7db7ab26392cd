/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * System calls on the entries of a directory, one function each.
 *
 * getdents64(2) and renameat2(2) go through syscall(2): some C libraries lack a function for them.
 */
#include "sys/names.h"

#include "sys/descriptor.h"
#include "sys/result.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

int sys_mkdir(int dir_fd, const char *name, mode_t mode)
{
	return sys_result(mkdirat(dir_fd, name, mode));
}

int sys_mknod(int dir_fd, const char *name, mode_t mode, dev_t rdev)
{
	return sys_result(mknodat(dir_fd, name, mode, rdev));
}

int sys_symlink(const char *text, int dir_fd, const char *name)
{
	return sys_result(symlinkat(text, dir_fd, name));
}

int sys_link(int src_fd, const char *src, int dir_fd, const char *name, bool follow)
{
	return sys_result(linkat(src_fd, src, dir_fd, name, follow ? AT_SYMLINK_FOLLOW : 0));
}

int sys_link_fd(int fd, int dir_fd, const char *name)
{
	char path[SYS_FD_PATH_SIZE];
	int r;

	sys_fd_path(fd, path);
	r = sys_link(AT_FDCWD, path, dir_fd, name, true);
	return r == -ENOENT ? sys_result(linkat(fd, "", dir_fd, name, AT_EMPTY_PATH)) : r;
}

int64_t sys_readlink(int dir_fd, const char *name, char *buf, size_t size)
{
	return sys_count(readlinkat(dir_fd, name, buf, size));
}

int sys_rename(int dir_fd, const char *from, const char *to, bool replace)
{
	/* fakeroot(1) wraps only the older call, and must see a rename that replaces a file */
	if (replace)
		return sys_result(renameat(dir_fd, from, dir_fd, to));
	return sys_result((int)syscall(SYS_renameat2, dir_fd, from, dir_fd, to, RENAME_NOREPLACE));
}

int sys_unlink(int dir_fd, const char *name)
{
	return sys_result(unlinkat(dir_fd, name, 0));
}

int sys_rmdir(int dir_fd, const char *name)
{
	return sys_result(unlinkat(dir_fd, name, AT_REMOVEDIR));
}

_Static_assert(offsetof(struct sys_dirent, name) == 19, "as linux_dirent64 of the kernel");

int64_t sys_getdents(int fd, void *buf, size_t size)
{
	return sys_count(syscall(SYS_getdents64, fd, buf, size));
}
