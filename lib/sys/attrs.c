/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * System calls on the attributes of a file.
 *
 * The calls by descriptor fail with EBADF on an O_PATH descriptor; then the same call is made
 * through AT_EMPTY_PATH, or through /proc/self/fd where the kernel has no such flag.
 */
#include "sys/attrs.h"

#include "sys/descriptor.h"
#include "sys/result.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

int sys_chown(int fd, uid_t uid, gid_t gid)
{
	int r = sys_result(fchown(fd, uid, gid));

	return r == -EBADF ? sys_result(fchownat(fd, "", uid, gid, AT_EMPTY_PATH)) : r;
}

int sys_chmod(int fd, mode_t mode)
{
	char path[SYS_FD_PATH_SIZE];
	int r = sys_result(fchmod(fd, mode));

	sys_fd_path(fd, path);
	return r == -EBADF ? sys_result(chmod(path, mode)) : r;
}

int sys_utimes(int fd, const struct timespec times[2])
{
	int r = sys_result(futimens(fd, times));

	return r == -EBADF ? sys_result(utimensat(fd, "", times, AT_EMPTY_PATH)) : r;
}

int64_t sys_list_xattr(int fd, char *names, size_t size)
{
	char path[SYS_FD_PATH_SIZE];
	int64_t r = sys_count(flistxattr(fd, names, size));

	sys_fd_path(fd, path);
	return r == -EBADF ? sys_count(listxattr(path, names, size)) : r;
}

int64_t sys_get_xattr(int fd, const char *name, void *value, size_t size)
{
	char path[SYS_FD_PATH_SIZE];
	int64_t r = sys_count(fgetxattr(fd, name, value, size));

	sys_fd_path(fd, path);
	return r == -EBADF ? sys_count(getxattr(path, name, value, size)) : r;
}

int sys_set_xattr(int fd, const char *name, const void *value, size_t size)
{
	char path[SYS_FD_PATH_SIZE];
	int r = sys_result(fsetxattr(fd, name, value, size, 0));

	sys_fd_path(fd, path);
	return r == -EBADF ? sys_result(setxattr(path, name, value, size, 0)) : r;
}

int sys_has_acl(int fd, bool defaults)
{
	int64_t r = sys_get_xattr(
		fd, defaults ? "system.posix_acl_default" : "system.posix_acl_access", NULL, 0);

	/* only these mean that there is none (xattr(7)) */
	if (r == -ENODATA || r == -EOPNOTSUPP || r == -ENOSYS)
		return 0;
	return r < 0 ? (int)r : r > 0;
}
