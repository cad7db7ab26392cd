/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The calls that share extents, one function each.
 *
 * copy_file_range goes through syscall(2): a C library may copy the bytes itself where the kernel
 * refuses, and the refusal is what the caller has to know.
 */
#include "sys/share.h"

#include "sys/result.h"

#include <errno.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

int sys_clone(int dst_fd, int src_fd)
{
	return sys_result(ioctl(dst_fd, FICLONE, src_fd));
}

int sys_clone_probe(int fd)
{
	return sys_clone(fd, fd);
}

int64_t sys_dedupe(int src_fd, int dst_fd, uint64_t off, uint64_t len)
{
	union {
		struct file_dedupe_range range;
		char room[sizeof(struct file_dedupe_range) + sizeof(struct file_dedupe_range_info)];
	} arg = { .range = { .src_offset = off, .src_length = len, .dest_count = 1 } };
	struct file_dedupe_range_info *info = &arg.range.info[0];

	info->dest_fd = dst_fd;
	info->dest_offset = off;
	if (ioctl(src_fd, FIDEDUPERANGE, &arg.range) < 0)
		return -errno;
	if (info->status == FILE_DEDUPE_RANGE_DIFFERS)
		return -EBADE;
	return info->status < 0 ? info->status : (int64_t)info->bytes_deduped;
}

/* Deduplicate the first byte of both files. 0; or -errno, of the call or of the range. */
static int dedupe_byte(int src_fd, int dst_fd)
{
	int64_t r = sys_dedupe(src_fd, dst_fd, 0, 1);

	return r < 0 && r != -EBADE ? (int)r : 0;
}

int sys_dedupe_probe(int src_fd, int dst_fd)
{
	int r = dedupe_byte(src_fd, dst_fd);

	return r < 0 ? r : -EINVAL;
}

int sys_layer_probe(int fd)
{
	return dedupe_byte(fd, fd);
}

int sys_clone_range(int dst_fd, int src_fd, uint64_t len)
{
	struct file_clone_range range = { .src_fd = src_fd, .src_length = len };

	return sys_result(ioctl(dst_fd, FICLONERANGE, &range));
}

int sys_clone_range_probe(int dst_fd, int src_fd)
{
	struct file_clone_range range = { .src_fd = src_fd, .src_offset = UINT64_C(1) << 62 };

	return sys_result(ioctl(dst_fd, FICLONERANGE, &range));
}

int64_t sys_copy_range(int src_fd, uint64_t src_off, int dst_fd, uint64_t dst_off, uint64_t len)
{
	int64_t from = (int64_t)src_off;
	int64_t to = (int64_t)dst_off;

	return sys_count(syscall(SYS_copy_file_range, src_fd, &from, dst_fd, &to, (size_t)len, 0u));
}
