/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Calls that ask and change nothing, one function each.
 */
#include "sys/status.h"

#include "sys/descriptor.h"
#include "sys/result.h"
#include "sys/statx.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
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
	*ret_magic = (uint32_t)fs.f_type; /* signed, and of 32 bits on some machines */
	return 0;
}

bool sys_fs_is(int fd, uint64_t magic)
{
	uint64_t found = 0;

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
		.blocks_available = fs.f_bavail,
		.files = fs.f_files,
		.files_free = fs.f_ffree,
	};
	return 0;
}

int sys_get_read_only(int fd)
{
	struct statfs fs;

	return fstatfs(fd, &fs) < 0 ? -errno : !!(fs.f_flags & ST_RDONLY);
}

/* Whether the call without AT_EACCESS asks for the same rights. */
static bool acts_as_itself(void)
{
	return geteuid() == getuid() && getegid() == getgid();
}

int sys_access_write(int dir_fd, const char *name)
{
	int r = sys_result(faccessat(dir_fd, name, W_OK, AT_EACCESS));

	/* The C library calls faccessat2(2), Linux 5.8, which the filters of some containers answer
	   with EPERM, as every call that they do not know. Or the file is immutable; the older call
	   says so, too. */
	if (r == -EPERM && acts_as_itself())
		r = sys_result((int)syscall(SYS_faccessat, dir_fd, name, W_OK));
	return r;
}

bool sys_may_write(int fd)
{
	char path[SYS_FD_PATH_SIZE];

	sys_fd_path(fd, path);
	return sys_access_write(AT_FDCWD, path) == 0;
}

/* The mount id of @path in @dir_fd, or of @dir_fd itself with AT_EMPTY_PATH. @kind:
   SYS_STATX_MOUNT_ID or SYS_STATX_UNIQUE_MOUNT_ID. 0, or -errno. */
static int mount_id_at(int dir_fd, const char *path, int flags, uint32_t kind, uint64_t *ret_id)
{
	struct sys_statx stx;
	int r = sys_statx(dir_fd, path, flags, kind, &stx);

	if (r < 0)
		return r;
	if (!(stx.fields & kind))
		return -EOPNOTSUPP;
	*ret_id = stx.mount_id;
	return 0;
}

/* The mount id in /proc/self/fdinfo, a line "mnt_id:\t27". Whether it was found. */
static bool mount_id_by_proc(int fd, uint64_t *ret_id)
{
	char path[sizeof("/proc/self/fdinfo/") + 3 * sizeof(fd)];
	char line[64];
	bool found = false;
	FILE *f;

	(void)snprintf(path, sizeof(path), "/proc/self/fdinfo/%d", fd); /* fits */
	f = fopen(path, "re");
	while (f && !found && fgets(line, sizeof(line), f))
		found = sscanf(line, "mnt_id: %" SCNu64, ret_id) == 1;
	if (f)
		(void)fclose(f); /* only read */
	return found;
}

int sys_mount_id(int fd, uint64_t *ret_id)
{
	int r = mount_id_at(fd, "", AT_EMPTY_PATH, SYS_STATX_MOUNT_ID, ret_id);

	return r < 0 && mount_id_by_proc(fd, ret_id) ? 0 : r;
}

int sys_unique_mount_id(int fd, uint64_t *ret_id)
{
	return mount_id_at(fd, "", AT_EMPTY_PATH, SYS_STATX_UNIQUE_MOUNT_ID, ret_id);
}

int sys_mount_id_of(const char *path, uint64_t *ret_id)
{
	return mount_id_at(AT_FDCWD, path, AT_NO_AUTOMOUNT, SYS_STATX_MOUNT_ID, ret_id);
}

/* The time of birth of @path in @dir_fd, or of @dir_fd itself with AT_EMPTY_PATH. 0, or -errno. */
static int birth_at(int dir_fd, const char *path, int flags, struct timespec *ret_birth)
{
	struct sys_statx stx;
	int r = sys_statx(dir_fd, path, flags, SYS_STATX_BIRTH, &stx);

	if (r < 0)
		return r;
	if (!(stx.fields & SYS_STATX_BIRTH))
		return -EOPNOTSUPP;
	*ret_birth = stx.birth;
	return 0;
}

int sys_birth(int fd, struct timespec *ret_birth)
{
	return birth_at(fd, "", AT_EMPTY_PATH, ret_birth);
}

int sys_birth_of(const char *path, struct timespec *ret_birth)
{
	return birth_at(AT_FDCWD, path, AT_NO_AUTOMOUNT, ret_birth);
}
