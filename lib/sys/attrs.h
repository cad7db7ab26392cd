/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Attributes of a file by its descriptor: owner, mode, times and extended attributes.
 *
 * The descriptor may be open by O_PATH.
 */
#ifndef OVL_SYS_ATTRS_H
#define OVL_SYS_ATTRS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <time.h>

/** fchown(2). (uid_t)-1 or (gid_t)-1 leaves that one unchanged. */
int sys_chown(int fd, uid_t uid, gid_t gid);

/** fchmod(2). */
int sys_chmod(int fd, mode_t mode);

/** futimens(2): atime and mtime; UTIME_OMIT is allowed. */
int sys_utimes(int fd, const struct timespec times[2]);

/** flistxattr(2): names, each with a NUL byte. Returns bytes; those needed if @size is 0. */
int64_t sys_list_xattr(int fd, char *names, size_t size);

/** fgetxattr(2). Returns the bytes of the value; those needed if @size is 0. */
int64_t sys_get_xattr(int fd, const char *name, void *value, size_t size);

/** fsetxattr(2): create or replace. */
int sys_set_xattr(int fd, const char *name, const void *value, size_t size);

/**
 * Whether @fd has an access control list beyond its mode; @defaults: one for new entries.
 * 1 or 0; -errno if it cannot be told, which is not a no.
 */
int sys_has_acl(int fd, bool defaults);

#endif
