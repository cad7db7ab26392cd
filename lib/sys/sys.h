/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * One thin function per system call: 0 or a count on success, -errno on failure.
 *
 * The only room that names system calls on files, ioctls and /proc. Nothing here retries,
 * decides or remembers. Every descriptor is born with O_CLOEXEC. Tests replace these
 * functions at link time.
 */
#ifndef OVL_SYS_SYS_H
#define OVL_SYS_SYS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/types.h>

/** openat(2) with O_CLOEXEC and O_NOCTTY added. Returns an fd that the caller owns. */
int sys_open(int dir_fd, const char *path, int flags, mode_t mode);

/**
 * Open the file behind @fd once more, with other @flags (O_CLOEXEC and O_NOCTTY added).
 * Goes through /proc/self/fd, so no path is resolved a second time.
 * -ENOENT: /proc is not mounted; on overlayfs a file that was unlinked is -EEXIST instead
 * (measured on Linux 6.18).
 */
int sys_reopen(int fd, int flags);

/** Wait until @fd has data to read or was hung up (poll(2)). 0, or -EINTR. */
int sys_wait_readable(int fd);

/** Take O_NONBLOCK away from @fd. */
int sys_make_blocking(int fd);

/** A descriptor more for what @fd is of (F_DUPFD_CLOEXEC), that the caller owns. */
int sys_dup(int fd);

/** How many descriptors the process may have (RLIMIT_NOFILE). */
size_t sys_fd_limit(void);

/** How many processors the process may use (sched_getaffinity(2)); at least 1. */
unsigned int sys_cpus(void);

/** close(2). A written file reports its delayed errors here. */
int sys_close(int fd);

/** fstat(2). */
int sys_fstat(int fd, struct stat *ret_st);

/** fstatat(2); @follow: whether a symbolic link is followed. */
int sys_stat(int dir_fd, const char *path, bool follow, struct stat *ret_st);

/** Magic number of the filesystem that @fd lies on (fstatfs(2)). */
int sys_fs_magic(int fd, uint64_t *ret_magic);

/** Numbers that one filesystem shows wherever it is seen; no padding. */
struct sys_fs_numbers {
	/** Size of a block in bytes. */
	uint64_t block_size;
	/** Size of the filesystem in blocks. */
	uint64_t blocks;
	/** Free blocks. */
	uint64_t blocks_free;
	/** Inodes. */
	uint64_t files;
	/** Free inodes. */
	uint64_t files_free;
};

/**
 * The numbers of the filesystem of @fd (fstatfs(2)); an overlay shows those of its upper layer,
 * or of the topmost lower one if it has none.
 */
int sys_fs_numbers(int fd, struct sys_fs_numbers *ret_n);

/** Whether nothing can be written where @fd lies: its mount, or its filesystem (fstatfs(2)). */
bool sys_is_read_only(int fd);

/** Whether the permissions of the file behind @fd let the caller write it (faccessat(2)). */
bool sys_may_write(int fd);

/** Id of the mount that @fd was opened through (statx(2), Linux 5.8); else -EOPNOTSUPP. */
int sys_mount_id(int fd, uint64_t *ret_id);

/** When the file of @fd was made (statx(2)); -EOPNOTSUPP if its filesystem does not tell. */
int sys_birth(int fd, struct timespec *ret_birth);

/** Whether the caller could open @name in @dir_fd for writing (faccessat2(2)). 0 or -errno. */
int sys_access_write(int dir_fd, const char *name);

/** read(2), or pread(2) where @off >= 0. Returns bytes read, 0 at the end. */
int64_t sys_read(int fd, void *buf, size_t len, int64_t off);

/** write(2), or pwrite(2) where @off >= 0. Returns bytes written. */
int64_t sys_write(int fd, const void *buf, size_t len, int64_t off);

/** lseek(2) with SEEK_DATA or SEEK_HOLE. Returns an offset. */
int64_t sys_seek(int fd, uint64_t off, int whence);

/** ftruncate(2). */
int sys_truncate(int fd, uint64_t size);

/** unlinkat(2) of a file. */
int sys_unlink(int dir_fd, const char *name);

/** mkdirat(2). */
int sys_mkdir(int dir_fd, const char *name, mode_t mode);

/** mknodat(2); @mode with its type bits. */
int sys_mknod(int dir_fd, const char *name, mode_t mode, dev_t rdev);

/** symlinkat(2): a link called @name that holds @text. */
int sys_symlink(const char *text, int dir_fd, const char *name);

/** linkat(2); @follow: whether a symbolic link @src is followed. */
int sys_link(int src_fd, const char *src, int dir_fd, const char *name, bool follow);

/** readlinkat(2). Returns the length of the text, at most @size; no NUL is added. */
int64_t sys_readlink(int dir_fd, const char *name, char *buf, size_t size);

/** renameat2(2) within one directory; without @replace -EEXIST if @to exists. */
int sys_rename(int dir_fd, const char *from, const char *to, bool replace);

/** getdents64(2): fill @buf with struct sys_dirent. Returns bytes, 0 at the end. */
int64_t sys_getdents(int fd, void *buf, size_t size);

/** An entry of a directory as getdents64(2) writes it. */
struct sys_dirent {
	/** Inode number. */
	uint64_t ino;
	/** Where the next one is. */
	int64_t off;
	/** Bytes from here to the next entry in the buffer. */
	unsigned short len;
	/** DT_DIR and so on, or DT_UNKNOWN. */
	unsigned char type;
	/** The name, ended by a NUL byte. */
	char name[];
};

/** fchown(2); (uid_t)-1 or (gid_t)-1 leaves that one alone. */
int sys_chown(int fd, uid_t uid, gid_t gid);

/** Whether @fd has an access control list beyond its mode; @defaults: one for new entries. */
bool sys_has_acl(int fd, bool defaults);

/** fchmod(2). */
int sys_chmod(int fd, mode_t mode);

/** futimens(2); UTIME_OMIT is allowed. */
int sys_utimes(int fd, const struct timespec times[2]);

/** flistxattr(2): names, each ended by a NUL byte. Returns bytes; those needed if @size is 0. */
int64_t sys_list_xattr(int fd, char *names, size_t size);

/** fgetxattr(2). Returns bytes; those needed if @size is 0. */
int64_t sys_get_xattr(int fd, const char *name, void *value, size_t size);

/** fsetxattr(2). */
int sys_set_xattr(int fd, const char *name, const void *value, size_t size);

/** Room for a path made by sys_fd_path. */
#define SYS_FD_PATH_SIZE sizeof("/proc/self/fd/-2147483648")

/** The path by which the kernel leads to the file behind @fd, whatever its name is now. */
void sys_fd_path(int fd, char path[SYS_FD_PATH_SIZE]);

/** Effective user and group of the process. */
void sys_identity(uid_t *ret_uid, gid_t *ret_gid);

/** Whether the caller counts as owner of what @uid owns: the same user, or root. */
bool sys_owns(uid_t uid);

/** Whether what @uid made can be trusted by the caller: made by root or by the same user. */
bool sys_trusts(uid_t uid);

/** Whether the caller can see trusted.* attributes; others are told that there are none. */
bool sys_sees_trusted(void);

/** Whether the kernel has SELinux enabled (selinuxfs is mounted). */
bool sys_has_selinux(void);

/**
 * The umask, from /proc/self/status (Linux 4.7): umask(2) could only be read by changing it,
 * for all threads. Where it cannot be read: 077, which gives nobody too much.
 */
mode_t sys_umask(void);

#endif
