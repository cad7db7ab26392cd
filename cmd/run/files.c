/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A clone is tried on a range behind the end of the source: EXDEV where a clone would fail with it,
 * EINVAL where it would work (measured on Linux 6.18). The descriptors are those of the caller, so
 * that nothing is opened.
 */
#include "files.h"

#include "mount.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <linux/magic.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/statfs.h>

/* Behind the end of every file that is copied, and a multiple of every block size. */
#define FAR_OFF (UINT64_C(1) << 62)

int files_clone(int src_fd, int dst_fd, const struct files_range *r)
{
	struct file_clone_range range = { .src_fd = src_fd,
					  .src_offset = r->src_off,
					  .src_length = r->len,
					  .dest_offset = r->dst_off };

	return ioctl(dst_fd, FICLONERANGE, &range) < 0 ? -errno : 0;
}

struct files_facts files_look(int src_fd, int dst_fd)
{
	const struct files_range far = { FAR_OFF, 0, 4096 };
	struct files_facts f = { false };
	struct statfs fs;
	struct stat src;
	struct stat dst;

	if (fstat(src_fd, &src) < 0 || fstat(dst_fd, &dst) < 0 || !S_ISREG(src.st_mode) ||
	    !S_ISREG(dst.st_mode) || fstatfs(dst_fd, &fs) < 0 ||
	    (uint64_t)fs.f_type != OVERLAYFS_SUPER_MAGIC || !mount_is_same(src_fd, dst_fd))
		return f;
	f.is_one_overlay = true;
	f.size = (uint64_t)src.st_size;
	f.block_size = (uint64_t)fs.f_bsize;
	f.is_apart = files_clone(src_fd, dst_fd, &far) == -EXDEV;
	/* no other descriptor can have it, as it is had only where the file is open once */
	f.is_leased = f.is_apart && fcntl(src_fd, F_GETLEASE) == F_WRLCK;
	return f;
}
