/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The paths in the options of an overlay belong to the mount namespace in which it was mounted:
 * here they may not exist, or be other files. They are compared as text with the mount points of
 * this namespace; only the mount point is opened, to compare the statfs counts.
 */
#include "probe/layer_visibility.h"

#include "probe/fs.h"
#include "probe/mount_table.h"
#include "probe/overlay_options.h"

#include <errno.h>
#include <string.h>

static bool is_overlay(const struct mount_table_fs *fs)
{
	return strcmp(fs->type, "overlay") == 0;
}

int layer_visible_fs(const struct mount_table *table, uint64_t id, const char *path,
		     struct mount_table_fs *ret_fs)
{
	struct mount_table_fs fs;
	dev_t self;
	int r = mount_table_device(table, id, &self);

	if (r == 0)
		r = mount_table_holder(table, path, &fs);
	if (r < 0)
		return r;
	/* in a container every path is below the overlay on "/", and some below a volume */
	if (fs.device == self || (is_overlay(&fs) && strcmp(fs.target, "/") == 0))
		return -ENOENT;
	*ret_fs = fs;
	return 0;
}

bool layers_are_local(const struct mount_table *table, const struct overlay_options *o, int fd,
		      uint64_t id)
{
	const char *top = o->upper;
	struct mount_table_fs fs;

	if (!top && o->lowers > 0 && !o->cut)
		top = o->lower[0].path;
	if (!top || layer_visible_fs(table, id, top, &fs) < 0)
		return false;
	/* an overlay cannot be an upper layer */
	return !(o->upper && is_overlay(&fs)) && fs_same_statfs(fd, fs.target);
}
