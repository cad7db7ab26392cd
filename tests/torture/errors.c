/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The errors of section 2 of the manual, as far as Linux has them for files, and those that any
 * filesystem may return for want of memory, room or a disk.
 *
 * A new function of lib/sys needs a row here: the test fails without.
 */
#include "errors.h"

#include "snapshot.h"

#include <stddef.h>
#include <string.h>

#define MEDIUM	"EIO ENOMEM ESTALE "
#define ROOM	"ENOSPC EDQUOT EROFS "
#define RIGHTS	"EACCES EPERM "
#define LOOKUP	"ENOENT ELOOP ENOTDIR ENAMETOOLONG "
#define TABLES	"EMFILE ENFILE "
#define UNKNOWN "EOPNOTSUPP ENOTTY ENOSYS EINVAL "

static const struct errors rows[] = {
	/* descriptor.h */
	{ "open",
	  MEDIUM ROOM RIGHTS LOOKUP TABLES
	  "EINTR ETXTBSY EBUSY ENXIO EISDIR EEXIST EOVERFLOW EOPNOTSUPP EINVAL EAGAIN ENODEV",
	  NULL, 0 },
	{ "reopen",
	  MEDIUM ROOM RIGHTS LOOKUP TABLES "EINTR ETXTBSY EBUSY EEXIST EOVERFLOW EOPNOTSUPP EAGAIN",
	  NULL, 0 },
	{ "dup", "EMFILE", NULL, 0 },
	{ "close", "EIO ENOSPC EDQUOT EINTR", NULL, 0 },
	{ "wait_readable", "EINTR ENOMEM", NULL, 0 },
	{ "make_blocking", "EIO", NULL, 0 },
	{ "read", MEDIUM "EINTR EAGAIN EISDIR EINVAL short", NULL, 0 },
	{ "write", MEDIUM "ENOSPC EDQUOT EPERM EINTR EFBIG EINVAL short 0", NULL, 0 },
	/* EINVAL, EOPNOTSUPP: this filesystem does not tell holes, which are copied as zeros */
	{ "seek", MEDIUM "EOVERFLOW", "EINVAL EOPNOTSUPP", DIFF_HOLES },
	{ "truncate", MEDIUM ROOM "EPERM EFBIG EINTR ETXTBSY EINVAL", NULL, 0 },
	{ "punch_hole", NULL, NULL, 0 }, /* space that stays allocated is no failure */
	/* attrs.h */
	{ "chown", MEDIUM ROOM "EPERM EACCES EINVAL", NULL, 0 },
	{ "chmod", MEDIUM ROOM "EPERM EACCES EOPNOTSUPP", NULL, 0 },
	{ "utimes", MEDIUM ROOM "EPERM EACCES", NULL, 0 },
	{ "list_xattr", MEDIUM "EACCES ERANGE E2BIG", "EOPNOTSUPP ENOSYS", DIFF_XATTR },
	{ "get_xattr", MEDIUM "EACCES ERANGE E2BIG", "ENODATA EOPNOTSUPP ENOSYS",
	  DIFF_XATTR | DIFF_ACL },
	{ "set_xattr", MEDIUM ROOM "EPERM EACCES E2BIG ERANGE EINVAL ENOSYS EOPNOTSUPP", NULL, 0 },
	{ "has_acl", MEDIUM "EACCES ERANGE", NULL, 0 },
	/* share.h */
	{ "clone", MEDIUM ROOM RIGHTS "EXDEV EINVAL EOPNOTSUPP ENOTTY ETXTBSY EINTR EBADF EISDIR",
	  NULL, 0 },
	{ "clone_probe", MEDIUM ROOM RIGHTS "EXDEV EINVAL EOPNOTSUPP ENOTTY ETXTBSY EINTR", NULL,
	  0 },
	/* EPERM, EXDEV, EINVAL and EROFS say on which layer a file is (sys/share.h): a wrong one is
	   no failure */
	/* EBADE: they differ, as far as the kernel can see */
	{ "dedupe", MEDIUM ROOM RIGHTS "EXDEV EINVAL EOPNOTSUPP ENOTTY ETXTBSY EBADE EINTR", NULL,
	  0 },
	{ "dedupe_probe", MEDIUM "EACCES EOPNOTSUPP ENOTTY ENOSYS", NULL, 0 },
	{ "layer_probe", MEDIUM "EACCES EOPNOTSUPP ENOTTY ENOSYS", NULL, 0 },
	{ "clone_range", MEDIUM ROOM RIGHTS "EXDEV EINVAL EOPNOTSUPP ENOTTY ETXTBSY EINTR", NULL,
	  0 },
	{ "clone_range_probe", MEDIUM RIGHTS "EXDEV EINVAL EOPNOTSUPP ENOTTY ETXTBSY", NULL, 0 },
	{ "copy_range",
	  MEDIUM ROOM RIGHTS "EXDEV EINVAL EOPNOTSUPP ENOSYS ETXTBSY EINTR EFBIG EBADF EISDIR "
			     "short 0",
	  NULL, 0 },
	/* names.h */
	{ "mkdir", MEDIUM ROOM RIGHTS LOOKUP "EEXIST EMLINK EINVAL", NULL, 0 },
	{ "mknod", MEDIUM ROOM RIGHTS LOOKUP "EEXIST EINVAL EOPNOTSUPP", NULL, 0 },
	{ "symlink", MEDIUM ROOM RIGHTS LOOKUP "EEXIST EINVAL", NULL, 0 },
	{ "link", MEDIUM ROOM RIGHTS LOOKUP "EEXIST EMLINK EXDEV EOPNOTSUPP", NULL, 0 },
	{ "link_fd", MEDIUM ROOM RIGHTS LOOKUP "EEXIST EMLINK EXDEV EOPNOTSUPP", NULL, 0 },
	{ "readlink", MEDIUM "EACCES ENOENT EINVAL", NULL, 0 },
	{ "rename", MEDIUM ROOM RIGHTS LOOKUP "EEXIST EINVAL ENOSYS EBUSY EXDEV EISDIR", NULL, 0 },
	{ "unlink", MEDIUM RIGHTS LOOKUP "EROFS EBUSY EISDIR", NULL, 0 },
	{ "rmdir", NULL, NULL, 0 }, /* a directory that stays is no failure */
	{ "getdents", MEDIUM "ENOENT ENOTDIR EINVAL EINTR short", NULL, 0 },
	/* status.h */
	{ "fstat", MEDIUM "EOVERFLOW EACCES", NULL, 0 },
	/* ENOENT: a name that has gone has no more links */
	{ "stat", MEDIUM "ELOOP ENOTDIR ENAMETOOLONG EACCES EOVERFLOW EINTR", "ENOENT",
	  DIFF_LINKS },
	{ "fs_magic", MEDIUM "ENOSYS EINTR", NULL, 0 },
	{ "fs_is", "no", NULL, 0 },
	{ "fs_numbers", MEDIUM "ENOSYS EINTR", NULL, 0 },
	{ "get_read_only", MEDIUM "ENOSYS EINTR", NULL, 0 },
	{ "may_write", "no", NULL, 0 },
	{ "access_write", MEDIUM LOOKUP RIGHTS "EROFS ETXTBSY", NULL, 0 },
	{ "mount_id", MEDIUM "EACCES EOPNOTSUPP ENOSYS", NULL, 0 },
	{ "mount_id_of", MEDIUM LOOKUP "EACCES EOPNOTSUPP ENOSYS", NULL, 0 },
	{ "unique_mount_id", MEDIUM "EACCES EOPNOTSUPP ENOSYS EINVAL", NULL, 0 },
	{ "birth", MEDIUM "EACCES EOPNOTSUPP ENOSYS", NULL, 0 },
	{ "birth_of", MEDIUM LOOKUP "EACCES EOPNOTSUPP ENOSYS", NULL, 0 },
	/* statx.h, called by those of status.h and flags.h that ask for one of its fields */
	{ "statx", MEDIUM LOOKUP "EACCES EOPNOTSUPP EINVAL", NULL, 0 },
	/* extents.h, flags.h, pages.h */
	{ "extents", MEDIUM UNKNOWN "EINTR", NULL, 0 },
	{ "shared_bytes", MEDIUM UNKNOWN "EINTR", NULL, 0 },
	{ "get_immutable", MEDIUM UNKNOWN "EPERM", NULL, 0 },
	{ "is_append_only", "no", NULL, 0 },
	{ "get_nocow", MEDIUM UNKNOWN "EPERM", NULL, 0 },
	{ "set_nocow", MEDIUM ROOM UNKNOWN RIGHTS, NULL, 0 },
	{ "get_casefold", MEDIUM UNKNOWN "EPERM", NULL, 0 },
	{ "project", "no", NULL, 0 },
	{ "knows_nocow", "no", NULL, 0 },
	{ "write_out", MEDIUM ROOM UNKNOWN "EINTR", NULL, 0 },
	{ "sync_data", MEDIUM ROOM, NULL, 0 },
	{ "sync", MEDIUM ROOM, NULL, 0 },
	{ "write_back", NULL, NULL, 0 }, /* on FUSE alone: tests/bats/overlay/fuse-share.bats */
	{ "sync_fs", MEDIUM ROOM, NULL, 0 },
	{ "set_direct", "EINVAL EIO", NULL, 0 },
	{ "drop_pages", "EINVAL EIO", NULL, 0 },
	{ "cached_pages", "EPERM ENOSYS EOPNOTSUPP EINVAL ENOMEM", NULL, 0 },
	{ "resident_pages", "EACCES ENODEV ENOMEM EAGAIN EINVAL", NULL, 0 },
	{ "page_size", NULL, NULL, 0 },
	{ "same_page", "ENODATA", NULL, 0 },
	{ "same_page_by_count", NULL, NULL, 0 }, /* for users to whom same_page says nothing */
	{ "mapped_device", "ENODATA", NULL, 0 },
	/* openers.h: what cannot be known is not recorded */
	{ "is_only_opener", MEDIUM RIGHTS "EAGAIN EINVAL ENOSYS", NULL, 0 },
	{ "watch_new", TABLES "ENOMEM ENOSYS", NULL, 0 },
	{ "watch_opens", MEDIUM LOOKUP "EACCES ENOSPC", NULL, 0 },
	{ "watch_opens_of", MEDIUM LOOKUP "EACCES ENOSPC", NULL, 0 },
	{ "watch_read", MEDIUM "EINTR", NULL, 0 },
	{ "watch_end", NULL, NULL, 0 },
	/* clock.h */
	{ "coarse_time", NULL, NULL, 0 },
	{ "coarse_tick", NULL, NULL, 0 },
	{ "clock_offset", NULL, NULL, 0 },
	{ "monotonic_ns", NULL, NULL, 0 },
	{ "cpu_ns", NULL, NULL, 0 },
	{ "sleep", NULL, NULL, 0 },
	{ "boot_number", MEDIUM TABLES "ENOENT EACCES", NULL, 0 },
	/* process.h; what cannot fail asks only about the process */
	{ "fd_limit", NULL, NULL, 0 },
	{ "file_size_limit", NULL, NULL, 0 },
	{ "cpus", "no", NULL, 0 },
	{ "is_root", NULL, NULL, 0 },
	{ "owns", NULL, NULL, 0 },
	{ "trusts", NULL, NULL, 0 },
	{ "sees_trusted", "no", NULL, 0 },
	{ "is_dedupe_denied", "no", NULL, 0 },
	{ "has_selinux", "no", NULL, 0 },
	/* the strictest umask is assumed then */
	{ "umask", NULL, "no", DIFF_MODE },
	/* the C library */
	{ "alloc", "ENOMEM", NULL, 0 },
	{ "thread", "EAGAIN", NULL, 0 },
	/* of /proc, which may not be mounted: the umask is unknown then */
	{ "fopen", NULL, "ENOENT EMFILE EACCES", DIFF_MODE },
};

const struct errors *errors_of(const char *name)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (strcmp(rows[i].name, name) == 0)
			return &rows[i];
	return NULL;
}
