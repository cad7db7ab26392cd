/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What the kernel says of a file, its mount and its filesystem: stat, statx, statfs, faccessat.
 */
#ifndef OVL_SYS_STATUS_H
#define OVL_SYS_STATUS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

/** fstat(2). */
int sys_fstat(int fd, struct stat *ret_st);

/** fstatat(2). @follow: whether a symbolic link is followed. */
int sys_stat(int dir_fd, const char *path, bool follow, struct stat *ret_st);

/** Magic number of the filesystem of @fd (f_type of fstatfs(2)). */
int sys_fs_magic(int fd, uint64_t *ret_magic);

/** Whether @fd is on a filesystem with the magic number @magic; false on failure. */
bool sys_fs_is(int fd, uint64_t magic);

/** The counts of a filesystem that statfs(2) returns. */
struct sys_fs_numbers {
	/** Size of a block in bytes (f_bsize). */
	uint64_t block_size;
	/** Size of the filesystem in blocks (f_blocks). */
	uint64_t blocks;
	/** Free blocks (f_bfree). */
	uint64_t blocks_free;
	/** Free blocks that are not reserved for root (f_bavail). */
	uint64_t blocks_available;
	/** Inodes (f_files). */
	uint64_t files;
	/** Free inodes (f_ffree). */
	uint64_t files_free;
};

/**
 * The statfs counts of the filesystem of @fd, which are the same through every mount of it.
 *
 * An overlay returns the counts of its upper layer, or of the topmost lower layer if it has no
 * upper one.
 */
int sys_fs_numbers(int fd, struct sys_fs_numbers *ret_n);

/** Whether the mount or the filesystem of @fd is read-only (ST_RDONLY of fstatfs(2)). 1, 0, or
 * -errno.
 */
int sys_get_read_only(int fd);

/** Whether the permissions of the file behind @fd let the caller write it (faccessat(2)). */
bool sys_may_write(int fd);

/** Whether the caller could open @name in @dir_fd for writing (faccessat(2)). 0, or -errno. */
int sys_access_write(int dir_fd, const char *name);

/**
 * Id of the mount that @fd was opened through: by statx(2) (Linux 5.8), or, where that is refused
 * or older, from /proc/self/fdinfo. Returns 0; or the -errno of statx, -EOPNOTSUPP if it has no id.
 */
int sys_mount_id(int fd, uint64_t *ret_id);

/**
 * Id of the mount that @fd was opened through, which no other mount gets until the system is
 * started again, unlike that of sys_mount_id: STATX_MNT_ID_UNIQUE, Linux 6.8. 0, or -errno;
 * -EOPNOTSUPP: an older kernel.
 */
int sys_unique_mount_id(int fd, uint64_t *ret_id);

/** Id of the mount that @path leads to, by statx(2) only; nothing is mounted for it. 0, or -errno.
 */
int sys_mount_id_of(const char *path, uint64_t *ret_id);

/** Birth time of the file behind @fd (btime of statx(2)). -EOPNOTSUPP: unknown. */
int sys_birth(int fd, struct timespec *ret_birth);

/** Birth time of the file @path, an absolute path; nothing is mounted for it (AT_NO_AUTOMOUNT). */
int sys_birth_of(const char *path, struct timespec *ret_birth);

#endif
