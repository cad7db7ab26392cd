/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Names in directories: create, link, rename, remove and list them.
 */
#ifndef OVL_SYS_NAMES_H
#define OVL_SYS_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/** mkdirat(2). */
int sys_mkdir(int dir_fd, const char *name, mode_t mode);

/** mknodat(2). @mode: with the type bits. */
int sys_mknod(int dir_fd, const char *name, mode_t mode, dev_t rdev);

/** symlinkat(2): create the symbolic link @name with the target @text. */
int sys_symlink(const char *text, int dir_fd, const char *name);

/** linkat(2). @follow: whether a symbolic link @src is followed. */
int sys_link(int src_fd, const char *src, int dir_fd, const char *name, bool follow);

/**
 * linkat(2) of the file behind @fd, which may be O_PATH, as @name in @dir_fd. Goes through
 * /proc/self/fd; without /proc by AT_EMPTY_PATH, which needs CAP_DAC_READ_SEARCH.
 */
int sys_link_fd(int fd, int dir_fd, const char *name);

/** readlinkat(2). Returns the length of the target in bytes, at most @size; adds no NUL byte. */
int64_t sys_readlink(int dir_fd, const char *name, char *buf, size_t size);

/** renameat2(2) within one directory. Without @replace an existing @to is -EEXIST. */
int sys_rename(int dir_fd, const char *from, const char *to, bool replace);

/** unlinkat(2) of anything but a directory. */
int sys_unlink(int dir_fd, const char *name);

/** unlinkat(2) of an empty directory. */
int sys_rmdir(int dir_fd, const char *name);

/** A directory entry as getdents64(2) writes it (struct linux_dirent64). */
struct sys_dirent {
	/** Inode number. */
	uint64_t ino;
	/** Position of the next entry in the directory, a cookie of the filesystem. */
	int64_t off;
	/** Bytes from this entry to the next one in the buffer. */
	unsigned short len;
	/** DT_DIR and so on, or DT_UNKNOWN. */
	unsigned char type;
	/** The name, ended by a NUL byte. */
	char name[];
};

/** getdents64(2): fill @buf with struct sys_dirent. Returns bytes, 0 at the end. */
int64_t sys_getdents(int fd, void *buf, size_t size);

#endif
