/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Files without names, so that a dry run can try what it must not leave behind.
 */
#include "target/scratch.h"

#include "base/fd.h"
#include "probe/layer.h"
#include "sys/descriptor.h"
#include "sys/flags.h"
#include "sys/status.h"
#include "probe/mount_table.h"

#include <errno.h>
#include <fcntl.h>

#define NAMELESS (O_TMPFILE | O_RDWR)
#define PRIVATE	 0600

/* The root of the overlay that @dir_fd lies on, open by O_PATH; or -errno. */
static int overlay_root(struct ovlcp *o, int dir_fd)
{
	const struct mount_table *l = session_mount_table(o);
	CLEANUP_FD int fd = -EBADF;
	const char *path;
	uint64_t root_id;
	uint64_t id;
	int r = l ? sys_mount_id(dir_fd, &id) : -ENOENT;

	if (r == 0)
		r = mount_table_root(l, id, &root_id, &path);
	if (r < 0)
		return r;
	fd = sys_open(AT_FDCWD, path, O_PATH | O_DIRECTORY, 0);
	/* something else may be mounted over it */
	if (fd >= 0 && (sys_mount_id(fd, &id) < 0 || id != root_id))
		return -ENOENT;
	return TAKE_FD(fd);
}

int scratch_open(struct ovlcp *o, int dir_fd)
{
	CLEANUP_FD int dir = sys_open(dir_fd, ".", O_PATH | O_DIRECTORY, 0);
	CLEANUP_FD int root = -EBADF;
	int fd;

	if (dir < 0)
		return dir;
	if (layer_is_overlay(dir)) {
		root = overlay_root(o, dir);
		fd = root < 0 ? root : sys_open(root, ".", NAMELESS, PRIVATE);
	} else {
		fd = sys_open(dir, ".", NAMELESS, PRIVATE);
	}
	return fd < 0 ? TAKE_FD(dir) : fd;
}

int scratch_match_nocow(int fd, int dir_fd, const char *name)
{
	CLEANUP_FD int like = -EBADF;
	int made = sys_knows_nocow(fd) ? sys_get_nocow(fd) : -EOPNOTSUPP;
	int flag;

	if (made < 0)
		return made;
	like = sys_open(dir_fd, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK, 0);
	flag = like < 0 ? like : sys_get_nocow(like);
	if (flag >= 0 && flag != made)
		(void)sys_set_nocow(fd, flag);
	return made;
}
