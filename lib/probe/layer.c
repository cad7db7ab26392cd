/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The layer of a file, from what the kernel answers to a request that can change nothing.
 *
 * Nothing else tells it for certain: st_dev, st_ino, file handles and extents of a file that was
 * copied up look like those of a lower one (measured on Linux 6.18, also for every answer here).
 */
#include "probe/layer.h"

#include "sys/sys.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdint.h>

bool layer_is_overlay(int fd)
{
	uint64_t magic;

	return sys_fs_magic(fd, &magic) == 0 && magic == OVERLAYFS_SUPER_MAGIC;
}

/* What calls itself an overlay but is none of the kernel's. */
static bool is_fuse(int fd)
{
	uint64_t magic;

	return sys_fs_magic(fd, &magic) == 0 && magic == FUSE_SUPER_MAGIC;
}

/* Whether the kernel would look at layers at all, before it refuses for want of rights. */
static bool may_ask(int fd, const struct stat *st)
{
	char path[SYS_FD_PATH_SIZE];
	int r;

	sys_fd_path(fd, path);
	r = sys_may_write(AT_FDCWD, path);
	/* -EPERM: an immutable file, about which root may ask nevertheless */
	return r == 0 || sys_is_user(st->st_uid) || (r == -EPERM && sys_owns(st->st_uid));
}

enum ovlcp_layer layer_of(int fd, const struct stat *st)
{
	if (!layer_is_overlay(fd))
		return is_fuse(fd) ? OVLCP_LAYER_UNKNOWN : OVLCP_LAYER_NONE;
	/* a read-only mount answers before the overlay does */
	if (st->st_size == 0 || sys_is_read_only(fd))
		return OVLCP_LAYER_UNKNOWN;
	switch (sys_layer_probe(fd)) {
	case 0:
	case -EOPNOTSUPP:
	case -EINVAL:
		return OVLCP_LAYER_UPPER;
	case -EROFS:
		return OVLCP_LAYER_METADATA;
	case -EPERM:
		return may_ask(fd, st) ? OVLCP_LAYER_LOWER : OVLCP_LAYER_UNKNOWN;
	default:
		return OVLCP_LAYER_UNKNOWN;
	}
}
