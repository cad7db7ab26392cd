/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Layer paths are text of the namespace where the overlay was mounted: here they may lead to
 * nothing, or to something else. They are compared with the names of mounts of this namespace,
 * and believed if what is mounted there shows what the overlay shows; only those are opened.
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

int layer_visible_fs(const struct mount_table *l, uint64_t id, const char *path,
		     struct mount_table_fs *ret_fs)
{
	struct mount_table_fs fs;
	dev_t self;
	int r = mount_table_device(l, id, &self);

	if (r == 0)
		r = mount_table_holder(l, path, &fs);
	if (r < 0)
		return r;
	/* in a container every path has the prefix "/", and some that of a volume */
	if (fs.device == self || (is_overlay(&fs) && strcmp(fs.target, "/") == 0))
		return -ENOENT;
	*ret_fs = fs;
	return 0;
}

bool layers_are_local(const struct mount_table *l, const struct overlay_options *o, int fd,
		      uint64_t id)
{
	const char *top = o->upper;
	struct mount_table_fs fs;

	if (!top && o->lowers > 0 && !o->cut)
		top = o->lower[0].path;
	if (!top || layer_visible_fs(l, id, top, &fs) < 0)
		return false;
	/* an overlay cannot be an upper layer */
	return !(o->upper && is_overlay(&fs)) && fs_same_statfs(fd, fs.target);
}
