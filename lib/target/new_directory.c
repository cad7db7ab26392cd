/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Asks nothing of the directory while no other user may rename it.
 */
#include "target/new_directory.h"

#include "base/fd.h"
#include "base/tempname.h"
#include "sys/descriptor.h"
#include "sys/names.h"
#include "sys/process.h"
#include "sys/status.h"
#include "walk/dir_entries.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>

/* Whether another user can rename what is in the directory of @st: it belongs to another user than
   the caller and root, or others may write to it and it is not sticky. */
static bool is_shared(const struct stat *st)
{
	if (!sys_trusts(st->st_uid))
		return true;
	return (st->st_mode & (S_IWGRP | S_IWOTH)) && !(st->st_mode & S_ISVTX);
}

/*
 * Whether a new file in @dir_fd is shown like the directory of @st: id-mapped mounts, FUSE and FAT
 * show another owner than the one who made it, or more permissions. The file cannot be exchanged:
 * the call that makes it opens it. 1, 0 or -errno.
 */
static int is_shown_so(int dir_fd, const struct stat *st)
{
	char name[TEMPNAME_SIZE];
	CLEANUP_FD int fd = -EBADF;
	struct stat file;
	uid_t uid;
	gid_t gid;
	int r;

	tempname(name);
	fd = sys_open(dir_fd, name, O_RDWR | O_CREAT | O_EXCL, S_IRUSR | S_IWUSR);
	if (fd < 0)
		return fd;
	r = sys_fstat(fd, &file);
	(void)sys_unlink(dir_fd, name);
	if (r < 0 || file.st_uid != st->st_uid)
		return r;
	sys_identity(&uid, &gid);
	return file.st_uid != uid || (file.st_mode & (S_IRWXG | S_IRWXO));
}

/* Whether the directory has an entry. 1, 0 or -errno. */
static int has_entry(int fd)
{
	struct dir_entries entries = { 0 };
	struct dir_entry entry;
	int r = dir_entries_next(&entries, fd, &entry);

	dir_entries_done(&entries);
	return r == -EBADF ? 0 : r; /* O_PATH: it may not be read, by us or by others */
}

int new_directory_check(int dir_fd, int fd, mode_t mode)
{
	const mode_t permissions = S_IRWXU | S_IRWXG | S_IRWXO;
	struct stat parent;
	struct stat st;
	uid_t uid;
	gid_t gid;
	int r = sys_stat(dir_fd, ".", true, &parent);

	if (r < 0 || !is_shared(&parent))
		return r;
	r = sys_fstat(fd, &st);
	if (r < 0)
		return r;
	sys_identity(&uid, &gid);
	if (st.st_uid != uid || (st.st_mode & permissions & ~mode)) {
		r = is_shown_so(dir_fd, &st);
		return r > 0 ? 0 : r < 0 ? r : -ESTALE;
	}
	r = has_entry(fd);
	return r > 0 ? -ESTALE : r;
}
