/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Compares what the kernel compares in a rename: the subvolume (btrfs_link, btrfs_rename) and, if
 * new files inherit it, the project (xfs_link, ext4_link).
 */
#include "probe/work_dir.h"

#include "base/fd.h"
#include "probe/layer_resolve.h"
#include "probe/layer_visibility.h"
#include "sys/descriptor.h"
#include "sys/flags.h"
#include "sys/status.h"

#include <fcntl.h>

/* Overlayfs takes both directories from one mount, so something else is mounted over one of them by
   now. */
static bool are_on_two_mounts(int upper_fd, int work_fd)
{
	uint64_t upper;
	uint64_t work;

	return sys_mount_id(upper_fd, &upper) == 0 && sys_mount_id(work_fd, &work) == 0 &&
	       upper != work;
}

bool work_dir_is_apart(const struct overlay_options *o)
{
	const int flags = O_RDONLY | O_DIRECTORY;
	CLEANUP_FD int upper = o->upper ? sys_open(AT_FDCWD, o->upper, flags, 0) : -EBADF;
	CLEANUP_FD int work = o->work ? sys_open(AT_FDCWD, o->work, flags, 0) : -EBADF;
	struct stat a;
	struct stat b;

	if (upper < 0 || work < 0 || sys_fstat(upper, &a) < 0 || sys_fstat(work, &b) < 0 ||
	    are_on_two_mounts(upper, work))
		return false;
	return a.st_dev != b.st_dev ||
	       (sys_project(upper) && sys_project(upper) != sys_project(work));
}

bool work_dir_may_stop_copy_up(int fd, int upper_fd, mount_table_fn *mounts, void *payload)
{
	const struct mount_table *table;
	struct overlay_options o;
	bool is_apart;
	uint64_t id;

	if (!sys_knows_nocow(upper_fd) && !sys_project(upper_fd))
		return false;
	table = mounts(payload);
	if (!table || sys_mount_id(fd, &id) < 0 ||
	    overlay_options_parse(mount_table_overlay_options(table, id), &o) < 0)
		return false;
	is_apart = layer_resolve(table, id, &o) == 0 && layers_are_local(table, &o, fd, id) &&
		   work_dir_is_apart(&o);
	overlay_options_done(&o);
	return is_apart;
}
