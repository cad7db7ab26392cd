/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Numbers first, as they nearly always differ; then the filesystem; then looks in turn.
 */
#include "probe/identity.h"

#include "base/fd.h"
#include "base/inodeset.h"
#include "probe/inode_match.h"
#include "sys/descriptor.h"
#include "sys/status.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stddef.h>
#include <stdint.h>

/* Numbers of looks at a file that another process changes all the time. */
#define LOOKS 4

/* Not in every version of linux/magic.h. */
#ifndef XFS_SUPER_MAGIC
#define XFS_SUPER_MAGIC 0x58465342
#endif
#ifndef F2FS_SUPER_MAGIC
#define F2FS_SUPER_MAGIC 0xF2F52010
#endif

/* Filesystems whose numbers identify a file. A subvolume of btrfs has an st_dev of its own; one of
   bcachefs has not. */
static const uint64_t certain[] = {
	EXT4_SUPER_MAGIC, XFS_SUPER_MAGIC,  BTRFS_SUPER_MAGIC,
	TMPFS_MAGIC,	  F2FS_SUPER_MAGIC, NFS_SUPER_MAGIC,
};

bool identity_is_certain(const struct identity_file *f)
{
	const int flags = O_PATH | (f->follow ? 0 : O_NOFOLLOW);
	CLEANUP_FD int opened = f->name ? sys_open(f->fd, f->name, flags, 0) : -EBADF;
	uint64_t magic;

	if (sys_fs_magic(f->name ? opened : f->fd, &magic) < 0)
		return false;
	for (size_t i = 0; i < sizeof(certain) / sizeof(*certain); i++)
		if (magic == certain[i])
			return true;
	return false;
}

bool identity_looks_equal(const struct stat *a, const struct stat *b)
{
	return a->st_mode == b->st_mode && a->st_uid == b->st_uid && a->st_gid == b->st_gid &&
	       a->st_nlink == b->st_nlink && inode_match_state(a, b);
}

static int look_at(const struct identity_file *f, struct stat *ret_st)
{
	return f->name ? sys_stat(f->fd, f->name, f->follow, ret_st) : sys_fstat(f->fd, ret_st);
}

int identity_same(const struct identity_file *a, const struct identity_file *b)
{
	struct stat first;
	struct stat other;
	int r = look_at(a, &first);

	if (r == 0)
		r = look_at(b, &other);
	if (r < 0 || !inode_same(&first, &other))
		return r;
	if (identity_is_certain(a))
		return 1;
	for (int i = 0; i < LOOKS; i++) {
		struct stat again;

		if (identity_looks_equal(&first, &other))
			return 1;
		r = look_at(a, &again);
		if (r < 0)
			return r;
		/* the one has stayed as it was, and the other differs from it */
		if (identity_looks_equal(&first, &again))
			return 0;
		first = again;
		r = look_at(b, &other);
		if (r < 0)
			return r;
	}
	return 1;
}
