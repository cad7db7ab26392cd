/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Calls that ask and change nothing, one function each.
 */
#include "sys/status.h"

#include "sys/descriptor.h"
#include "sys/result.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>
#include <unistd.h>

int sys_fstat(int fd, struct stat *ret_st)
{
	return sys_result(fstat(fd, ret_st));
}

int sys_stat(int dir_fd, const char *path, bool follow, struct stat *ret_st)
{
	return sys_result(fstatat(dir_fd, path, ret_st, follow ? 0 : AT_SYMLINK_NOFOLLOW));
}

int sys_fs_magic(int fd, uint64_t *ret_magic)
{
	struct statfs fs;

	if (fstatfs(fd, &fs) < 0)
		return -errno;
	*ret_magic = (uint64_t)fs.f_type;
	return 0;
}

bool sys_fs_is(int fd, uint64_t magic)
{
	uint64_t found;

	return sys_fs_magic(fd, &found) == 0 && found == magic;
}

int sys_fs_numbers(int fd, struct sys_fs_numbers *ret_n)
{
	struct statfs fs;

	if (fstatfs(fd, &fs) < 0)
		return -errno;
	*ret_n = (struct sys_fs_numbers){
		.block_size = (uint64_t)fs.f_bsize,
		.blocks = fs.f_blocks,
		.blocks_free = fs.f_bfree,
		.files = fs.f_files,
		.files_free = fs.f_ffree,
	};
	return 0;
}

bool sys_is_read_only(int fd)
{
	struct statfs fs;

	return fstatfs(fd, &fs) == 0 && (fs.f_flags & ST_RDONLY);
}

bool sys_may_write(int fd)
{
	char path[SYS_FD_PATH_SIZE];

	sys_fd_path(fd, path);
	return faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) == 0;
}

int sys_access_write(int dir_fd, const char *name)
{
	return sys_result(faccessat(dir_fd, name, W_OK, AT_EACCESS));
}

int sys_mount_id(int fd, uint64_t *ret_id)
{
#ifdef HAVE_STRUCT_STATX_STX_MNT_ID
	struct statx stx;

	if (statx(fd, "", AT_EMPTY_PATH | AT_STATX_DONT_SYNC, STATX_MNT_ID, &stx) < 0)
		return -errno;
	if (!(stx.stx_mask & STATX_MNT_ID))
		return -EOPNOTSUPP;
	*ret_id = stx.stx_mnt_id;
	return 0;
#else
	(void)fd;
	(void)ret_id;
	return -EOPNOTSUPP;
#endif
}

int sys_birth(int fd, struct timespec *ret_birth)
{
	struct statx stx;

	if (statx(fd, "", AT_EMPTY_PATH | AT_STATX_DONT_SYNC, STATX_BTIME, &stx) < 0)
		return -errno;
	if (!(stx.stx_mask & STATX_BTIME))
		return -EOPNOTSUPP;
	*ret_birth = (struct timespec){ stx.stx_btime.tv_sec, stx.stx_btime.tv_nsec };
	return 0;
}
