/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * statx(2). The structure is our own, because those of C libraries lack fields, or are missing.
 */
#ifndef OVL_SYS_STATX_H
#define OVL_SYS_STATX_H

#include <stdint.h>
#include <time.h>

/** Fields of struct sys_statx, with the numbers of the kernel (linux/stat.h). */
enum {
	/** What fstat(2) returns (STATX_BASIC_STATS): of no use but to be fetched. */
	SYS_STATX_BASIC = 0x7ff,
	/** birth (STATX_BTIME). */
	SYS_STATX_BIRTH = 0x800,
	/** mount_id (STATX_MNT_ID, Linux 5.8). */
	SYS_STATX_MOUNT_ID = 0x1000,
	/** mount_id, as one that no other mount gets (STATX_MNT_ID_UNIQUE, Linux 6.8). */
	SYS_STATX_UNIQUE_MOUNT_ID = 0x4000,
};

/** Attributes of struct sys_statx, with the numbers of the kernel (linux/stat.h). */
enum {
	/** The filesystem compresses the file (STATX_ATTR_COMPRESSED). */
	SYS_STATX_COMPRESSED = 0x4,
	/** The file cannot be changed (STATX_ATTR_IMMUTABLE). */
	SYS_STATX_IMMUTABLE = 0x10,
	/** The file can only grow (STATX_ATTR_APPEND). */
	SYS_STATX_APPEND_ONLY = 0x20,
};

/** What statx(2) returns of a file. */
struct sys_statx {
	/** Fields that the filesystem filled: SYS_STATX_BIRTH, ... */
	uint32_t fields;
	/** Attributes of the file: SYS_STATX_COMPRESSED, ... */
	uint64_t attributes;
	/** Attributes that the filesystem supports. */
	uint64_t supported;
	/** Id of the mount. */
	uint64_t mount_id;
	/** Time of birth. */
	struct timespec birth;
};

/**
 * statx(2) without synchronisation with a server (AT_STATX_DONT_SYNC), if @flags do not have
 * AT_STATX_FORCE_SYNC. What that has fetched is returned by fstat(2), too.
 *
 * @path: relative to @dir_fd; "" with AT_EMPTY_PATH in @flags: the file of @dir_fd.
 * @flags: AT_* of <fcntl.h>. @fields: SYS_STATX_BIRTH, ..., or 0.
 * Returns 0; or -errno, -EOPNOTSUPP where the kernel, or a filter, does not know the call.
 */
int sys_statx(int dir_fd, const char *path, int flags, uint32_t fields, struct sys_statx *ret_stx);

#endif
