/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The paths in the options of an overlay belong to the mount namespace in which it was mounted:
 * here they may not exist, or be other files. They are compared as text with the mount points of
 * this namespace. Then the topmost layer is verified by its time of birth, which overlayfs shows
 * for the root directory of the overlay. Where a filesystem stores none, the size of the filesystem
 * is compared. Both stay the same while others write, unlike its free space.
 *
 * Only mount points are opened, by O_PATH.
 */
#include "probe/layer_visibility.h"

#include "base/fd.h"
#include "model/facts.h"
#include "probe/inode_match.h"
#include "probe/mount_table.h"
#include "probe/overlay_options.h"
#include "sys/descriptor.h"
#include "sys/status.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

static bool is_overlay(const struct mount_table_fs *fs)
{
	return strcmp(fs->type, "overlay") == 0;
}

/* In a container every path is below the overlay on "/", and some below a volume. @self: the device
   number of the overlay. */
static bool is_of_container(const struct mount_table_fs *fs, dev_t self)
{
	return fs->device == self || (is_overlay(fs) && strcmp(fs->target, "/") == 0);
}

int layer_visible_fs(const struct mount_table *table, uint64_t id, const char *path,
		     struct mount_table_fs *ret_fs)
{
	struct mount_table_fs fs;
	uint64_t mount_id;
	dev_t self;
	int r = mount_table_device(table, id, &self);

	if (r == 0)
		r = mount_table_holder(table, path, &fs);
	if (r < 0)
		return r;
	if (is_of_container(&fs, self))
		return -ENOENT;
	/* the path may lead through a symbolic link to another mount */
	r = sys_mount_id_of(path, &mount_id);
	if (r == 0)
		r = mount_table_fs(table, mount_id, &fs);
	if (r == -ENOENT || r == -ENOTDIR || is_of_container(&fs, self))
		return -ENOENT;
	*ret_fs = fs; /* if statx is refused, what the path says */
	return 0;
}

/* Return whether the filesystem mounted on @target has the size that statfs returns for the overlay
   of @fd, which is that of the filesystem of its topmost layer. */
static bool is_equal_size(int fd, const char *target)
{
	CLEANUP_FD int other = sys_open(AT_FDCWD, target, O_PATH | O_DIRECTORY, 0);
	struct sys_fs_numbers a;
	struct sys_fs_numbers b;

	return other >= 0 && sys_fs_numbers(fd, &a) == 0 && sys_fs_numbers(other, &b) == 0 &&
	       a.block_size == b.block_size && a.blocks == b.blocks;
}

/* Return whether the directory @path was born when the root directory of the overlay @id was.
   ANSWER_NOT_ASKED: the root is not mounted here, or there is no time of birth. */
static enum answer has_birth_of_root(const struct mount_table *table, uint64_t id, const char *path)
{
	CLEANUP_FD int root = -EBADF;
	const char *target;
	uint64_t root_id;
	uint64_t opened_id;
	struct timespec a;
	struct timespec b;
	int r = mount_table_root(table, id, &root_id, &target);

	if (r == 0)
		root = r = sys_open(AT_FDCWD, target, O_PATH | O_DIRECTORY, 0);
	if (r >= 0)
		r = sys_mount_id(root, &opened_id);
	if (r < 0 || opened_id != root_id || sys_birth(root, &a) < 0)
		return ANSWER_NOT_ASKED;
	r = sys_birth_of(path, &b);
	if (r < 0)
		return r == -ENOENT || r == -ENOTDIR ? ANSWER_NO : ANSWER_NOT_ASKED;
	return inode_match_time(a, b) ? ANSWER_YES : ANSWER_NO;
}

int layers_top_fs(const struct mount_table *table, const struct overlay_options *o, int fd,
		  uint64_t id, struct mount_table_fs *ret_fs)
{
	const char *top = o->upper;
	struct mount_table_fs fs;
	enum answer same;

	if (!top && o->lowers > 0 && !o->cut)
		top = o->lower[0].path;
	if (!top || layer_visible_fs(table, id, top, &fs) < 0)
		return -ENOENT;
	if (o->upper && is_overlay(&fs)) /* an overlay cannot be an upper layer */
		return -ENOENT;
	same = has_birth_of_root(table, id, top);
	if (same == ANSWER_NO || (same == ANSWER_NOT_ASKED && !is_equal_size(fd, fs.target)))
		return -ENOENT;
	*ret_fs = fs;
	return 0;
}

bool layers_are_local(const struct mount_table *table, const struct overlay_options *o, int fd,
		      uint64_t id)
{
	struct mount_table_fs fs;

	return layers_top_fs(table, o, fd, id, &fs) == 0;
}
