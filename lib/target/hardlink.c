/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Finds an earlier destination again, to create another hard link to it.
 *
 * Time has passed since it was created. So every directory on its path that the copy has created or
 * entered is opened with O_NOFOLLOW: another user may have put a symbolic link there, which leads
 * to a file that must not be linked.
 */
#include "target/hardlink.h"

#include "base/fd.h"
#include "probe/identity.h"
#include "probe/inode_match.h"
#include "sys/descriptor.h"
#include "sys/status.h"
#include "walk/copied_map.h"
#include "walk/descend.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

/* Open the parent directory of @e, O_PATH. @ret_name: the name in it, which points into e->path. A
   descriptor that the caller owns, or -errno. */
static int open_dir_of(int at_fd, const struct copied_dest *e, bool follow, const char **ret_name)
{
	CLEANUP_FREE char *named = e->named_len ? strndup(e->path, e->named_len) : strdup(".");
	int fd = named ? sys_open(at_fd, named, O_PATH | O_DIRECTORY, 0) : -ENOMEM;

	return descend(fd, e->path + e->named_len, follow, ret_name);
}

/* Whether @fd, with @st, is the file that was created as @e. The number of a file that was removed
   may be that of another one a moment later: it is at least no other user's. */
static bool is_created_as(int fd, const struct stat *st, const struct copied_dest *e)
{
	const struct identity_file f = { .fd = fd };

	if (st->st_uid != e->uid)
		return false;
	if (st->st_dev == e->dev && st->st_ino == e->ino)
		return true;
	return !identity_is_certain(&f) && st->st_mode == e->mode && st->st_size == e->size &&
	       inode_match_time(st->st_mtim, e->mtime);
}

int hardlink_open(int at_fd, const struct copied_dest *e, bool follow, int flags)
{
	const char *name;
	CLEANUP_FD int dir_fd = open_dir_of(at_fd, e, follow, &name);
	CLEANUP_FD int fd =
		dir_fd < 0 ? dir_fd
			   : sys_open(dir_fd, name, flags | (e->via_symlink ? 0 : O_NOFOLLOW), 0);
	struct stat st;
	int r = fd < 0 ? fd : sys_fstat(fd, &st);

	if (r == 0 && !is_created_as(fd, &st, e))
		r = -ESTALE;
	return r < 0 ? r : TAKE_FD(fd);
}

/* Whether @st, with @fd open on it, is the file that has @named. */
static bool is_own(int fd, const struct stat *st, const struct stat *named)
{
	struct copied_dest d = { 0 };

	copied_dest_set_stat(&d, named);
	return is_created_as(fd, st, &d);
}

int hardlink_look(const struct target *t, struct stat *ret_st)
{
	struct stat own;
	struct stat led_to;
	int r = sys_stat(t->dir_fd, t->name, false, ret_st);

	if (r == 0 && t->fd >= 0)
		r = sys_fstat(t->fd, &own);
	if (r < 0)
		return r == -ENOENT ? 0 : r;
	if (t->fd < 0 || is_own(t->fd, &own, ret_st))
		return 1;
	if (t->kind != KIND_DATA || !S_ISLNK(ret_st->st_mode))
		return 0;
	r = sys_stat(t->dir_fd, t->name, true, &led_to);
	if (r < 0)
		return r == -ENOENT ? 0 : r;
	return is_own(t->fd, &own, &led_to);
}
