/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The system calls, one function each. See sys.h for what the kernel answers and when.
 *
 * Not for loops, fallbacks or opinions. Some calls go through syscall(2) because a C library
 * of 2022 has no function for them or wraps them.
 */

#include "sys/sys.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <linux/magic.h>
#include <poll.h>
#include <sched.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/xattr.h>
#include <unistd.h>

/* The result of a call in the kernel's own convention; calls that count return more than an int. */
static int result(int r)
{
	return r < 0 ? -errno : r;
}

static int64_t counted(int64_t r)
{
	return r < 0 ? -errno : r;
}

int sys_open(int dir_fd, const char *path, int flags, mode_t mode)
{
	return result(openat(dir_fd, path, flags | O_CLOEXEC | O_NOCTTY, mode));
}

void sys_fd_path(int fd, char path[SYS_FD_PATH_SIZE])
{
	(void)snprintf(path, SYS_FD_PATH_SIZE, "/proc/self/fd/%d", fd); /* fits */
}

int sys_reopen(int fd, int flags)
{
	char path[SYS_FD_PATH_SIZE];

	sys_fd_path(fd, path);
	return sys_open(AT_FDCWD, path, flags, 0);
}

int sys_wait_readable(int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };

	return poll(&p, 1, -1) < 0 ? -errno : 0;
}

int sys_make_blocking(int fd)
{
	int flags = fcntl(fd, F_GETFL);

	return flags < 0 ? -errno : result(fcntl(fd, F_SETFL, flags & ~O_NONBLOCK));
}

int sys_dup(int fd)
{
	return result(fcntl(fd, F_DUPFD_CLOEXEC, 3));
}

size_t sys_fd_limit(void)
{
	struct rlimit limit = { .rlim_cur = 0 };

	(void)getrlimit(RLIMIT_NOFILE, &limit); /* 0 if it fails, which it does not */
	return (size_t)limit.rlim_cur;
}

unsigned int sys_cpus(void)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	if (sched_getaffinity(0, sizeof(set), &set) < 0)
		return 1;
	return CPU_COUNT(&set) > 0 ? (unsigned int)CPU_COUNT(&set) : 1;
}

int sys_close(int fd)
{
	return result(close(fd));
}

int sys_fstat(int fd, struct stat *ret_st)
{
	return result(fstat(fd, ret_st));
}

int sys_stat(int dir_fd, const char *path, bool follow, struct stat *ret_st)
{
	return result(fstatat(dir_fd, path, ret_st, follow ? 0 : AT_SYMLINK_NOFOLLOW));
}

int sys_fs_magic(int fd, uint64_t *ret_magic)
{
	struct statfs fs;

	if (fstatfs(fd, &fs) < 0)
		return -errno;
	*ret_magic = (uint64_t)fs.f_type;
	return 0;
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

int sys_access_write(int dir_fd, const char *name)
{
	return result(faccessat(dir_fd, name, W_OK, AT_EACCESS));
}

int64_t sys_read(int fd, void *buf, size_t len, int64_t off)
{
	return counted(off < 0 ? read(fd, buf, len) : pread(fd, buf, len, off));
}

int64_t sys_write(int fd, const void *buf, size_t len, int64_t off)
{
	return counted(off < 0 ? write(fd, buf, len) : pwrite(fd, buf, len, off));
}

int64_t sys_seek(int fd, uint64_t off, int whence)
{
	return counted(lseek(fd, (off_t)off, whence));
}

int sys_truncate(int fd, uint64_t size)
{
	return result(ftruncate(fd, (off_t)size));
}

int sys_unlink(int dir_fd, const char *name)
{
	return result(unlinkat(dir_fd, name, 0));
}

int sys_mkdir(int dir_fd, const char *name, mode_t mode)
{
	return result(mkdirat(dir_fd, name, mode));
}

int sys_mknod(int dir_fd, const char *name, mode_t mode, dev_t rdev)
{
	return result(mknodat(dir_fd, name, mode, rdev));
}

int sys_symlink(const char *text, int dir_fd, const char *name)
{
	return result(symlinkat(text, dir_fd, name));
}

int sys_link(int src_fd, const char *src, int dir_fd, const char *name, bool follow)
{
	return result(linkat(src_fd, src, dir_fd, name, follow ? AT_SYMLINK_FOLLOW : 0));
}

int64_t sys_readlink(int dir_fd, const char *name, char *buf, size_t size)
{
	return counted(readlinkat(dir_fd, name, buf, size));
}

int sys_rename(int dir_fd, const char *from, const char *to, bool replace)
{
	/* fakeroot(1) sees only the older call, and has to: what is replaced is gone */
	return result(replace ? renameat(dir_fd, from, dir_fd, to)
			      : renameat2(dir_fd, from, dir_fd, to, RENAME_NOREPLACE));
}

_Static_assert(offsetof(struct sys_dirent, name) == 19, "as linux_dirent64 of the kernel");

int64_t sys_getdents(int fd, void *buf, size_t size)
{
	return counted(syscall(SYS_getdents64, fd, buf, size));
}

/* O_PATH descriptors answer EBADF to the calls on files. */

int sys_chown(int fd, uid_t uid, gid_t gid)
{
	int r = result(fchown(fd, uid, gid));

	return r == -EBADF ? result(fchownat(fd, "", uid, gid, AT_EMPTY_PATH)) : r;
}

int sys_chmod(int fd, mode_t mode)
{
	char path[SYS_FD_PATH_SIZE];
	int r = result(fchmod(fd, mode));

	sys_fd_path(fd, path);
	return r == -EBADF ? result(chmod(path, mode)) : r;
}

int sys_utimes(int fd, const struct timespec times[2])
{
	int r = result(futimens(fd, times));

	return r == -EBADF ? result(utimensat(fd, "", times, AT_EMPTY_PATH)) : r;
}

int64_t sys_list_xattr(int fd, char *names, size_t size)
{
	char path[SYS_FD_PATH_SIZE];
	int64_t r = counted(flistxattr(fd, names, size));

	sys_fd_path(fd, path);
	return r == -EBADF ? counted(listxattr(path, names, size)) : r;
}

int64_t sys_get_xattr(int fd, const char *name, void *value, size_t size)
{
	char path[SYS_FD_PATH_SIZE];
	int64_t r = counted(fgetxattr(fd, name, value, size));

	sys_fd_path(fd, path);
	return r == -EBADF ? counted(getxattr(path, name, value, size)) : r;
}

int sys_set_xattr(int fd, const char *name, const void *value, size_t size)
{
	char path[SYS_FD_PATH_SIZE];
	int r = result(fsetxattr(fd, name, value, size, 0));

	sys_fd_path(fd, path);
	return r == -EBADF ? result(setxattr(path, name, value, size, 0)) : r;
}

bool sys_has_acl(int fd, bool defaults)
{
	return sys_get_xattr(fd, defaults ? "system.posix_acl_default" : "system.posix_acl_access",
			     NULL, 0) > 0;
}

void sys_identity(uid_t *ret_uid, gid_t *ret_gid)
{
	*ret_uid = geteuid();
	*ret_gid = getegid();
}

bool sys_owns(uid_t uid)
{
	uid_t me = geteuid();

	return me == 0 || me == uid;
}

bool sys_trusts(uid_t uid)
{
	return uid == 0 || uid == geteuid();
}

/* A file in memory that nobody else sees. */
static int open_memory(void)
{
	const unsigned int noexec = 8; /* MFD_NOEXEC_SEAL, Linux 6.3, which asks for it */
	int fd = memfd_create("ovlcp", MFD_CLOEXEC | noexec);

	return fd < 0 && errno == EINVAL ? memfd_create("ovlcp", MFD_CLOEXEC) : fd;
}

bool sys_sees_trusted(void)
{
	/* asked for them, the kernel does not say; told to replace one that is not there, it does
	 */
	int fd = open_memory();
	bool sees = fd >= 0 && fsetxattr(fd, "trusted.overlay", "", 0, XATTR_REPLACE) < 0 &&
		    errno != EPERM;

	if (fd >= 0)
		(void)close(fd); /* nothing is in it */
	return sees;
}

bool sys_has_selinux(void)
{
	struct statfs fs;

	return statfs("/sys/fs/selinux", &fs) == 0 && fs.f_type == SELINUX_MAGIC;
}

mode_t sys_umask(void)
{
	FILE *status = fopen("/proc/self/status", "re");
	char line[256];
	mode_t mask = S_IRWXG | S_IRWXO;

	while (status && fgets(line, sizeof(line), status))
		if (sscanf(line, "Umask: %o", &mask) == 1)
			break;
	if (status)
		(void)fclose(status); /* only read */
	return mask;
}
