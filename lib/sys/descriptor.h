/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Descriptors and the data behind them: open, duplicate, close, read, write.
 *
 * Every function of lib/sys returns 0 or a count on success and -errno on failure, unless its
 * comment says otherwise.
 */
#ifndef OVL_SYS_DESCRIPTOR_H
#define OVL_SYS_DESCRIPTOR_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/** openat(2) with O_CLOEXEC and O_NOCTTY added. Returns a descriptor that the caller owns. */
int sys_open(int dir_fd, const char *path, int flags, mode_t mode);

/**
 * Open the file behind @fd once more, with other @flags (O_CLOEXEC and O_NOCTTY added).
 *
 * Goes through /proc/self/fd, so no path is resolved a second time. Returns a descriptor that the
 * caller owns. -ENOENT: /proc is not mounted. -EEXIST: the file is on overlayfs and was unlinked
 * (measured on Linux 6.18).
 */
int sys_reopen(int fd, int flags);

/** Bytes of a path made by sys_fd_path, with its NUL byte. */
#define SYS_FD_PATH_SIZE sizeof("/proc/self/fd/-2147483648")

/** Write the path "/proc/self/fd/N", which leads to the file behind @fd whatever its name is. */
void sys_fd_path(int fd, char path[SYS_FD_PATH_SIZE]);

/** Duplicate @fd with O_CLOEXEC (F_DUPFD_CLOEXEC). Returns a descriptor that the caller owns. */
int sys_dup(int fd);

/** close(2). Delayed errors of a file that was written (ENOSPC, EDQUOT, EIO) are returned here. */
int sys_close(int fd);

/** Block until @fd has data to read or was hung up (poll(2)). 0, or -EINTR. */
int sys_wait_readable(int fd);

/** Clear O_NONBLOCK of @fd. */
int sys_make_blocking(int fd);

/** read(2), or pread(2) if @off >= 0. Returns the number of bytes read, 0 at the end of file. */
int64_t sys_read(int fd, void *buf, size_t len, int64_t off);

/** write(2), or pwrite(2) if @off >= 0. Returns the number of bytes written. */
int64_t sys_write(int fd, const void *buf, size_t len, int64_t off);

/** lseek(2) with SEEK_DATA or SEEK_HOLE. Returns an offset in bytes. */
int64_t sys_seek(int fd, uint64_t off, int whence);

/** ftruncate(2) to @size bytes. */
int sys_truncate(int fd, uint64_t size);

/** fallocate(2): give back the blocks of @len bytes from @off on, also behind the end of the file,
    whose size stays. */
int sys_punch_hole(int fd, uint64_t off, uint64_t len);

#endif
