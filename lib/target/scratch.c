/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Scratch files: files without a name, on which a dry run can probe calls that change a file.
 */
#include "target/scratch.h"

#include "base/fd.h"
#include "probe/layer.h"
#include "probe/mount_table.h"
#include "session/session.h"
#include "sys/descriptor.h"
#include "sys/flags.h"
#include "sys/status.h"

#include <errno.h>
#include <fcntl.h>

#define SCRATCH_FLAGS (O_TMPFILE | O_RDWR)
#define SCRATCH_MODE  0600

/* Open the root directory of the overlay that @on_fd is on, O_PATH. A descriptor that the caller
   owns, or -errno. */
static int open_overlay_root(struct ovlcp *o, int on_fd)
{
	const struct mount_table *mounts = session_mount_table(o);
	CLEANUP_FD int fd = -EBADF;
	const char *path;
	uint64_t root_id;
	uint64_t id;
	int r = mounts ? sys_mount_id(on_fd, &id) : -ENOENT;

	if (r == 0)
		r = mount_table_root(mounts, id, &root_id, &path);
	if (r < 0)
		return r;
	fd = sys_open(AT_FDCWD, path, O_PATH | O_DIRECTORY, 0);
	/* another filesystem may be mounted over it */
	if (fd >= 0 && (sys_mount_id(fd, &id) < 0 || id != root_id))
		return -ENOENT;
	return TAKE_FD(fd);
}

int scratch_open_in_root(struct ovlcp *o, int fd)
{
	CLEANUP_FD int root = open_overlay_root(o, fd);

	return root < 0 ? root : sys_open(root, ".", SCRATCH_FLAGS, SCRATCH_MODE);
}

/* Whether an unnamed file was refused by an error that a file with a name would meet as well. */
static bool concerns_any_file(int error)
{
	switch (error) {
	case ENOSPC:
	case EDQUOT:
	case EIO:
	case ENOKEY:	/* a directory that is encrypted, without the key */
	case EOVERFLOW: /* an idmapped mount on which the caller is not mapped */
		return true;
	default:
		return false;
	}
}

int scratch_open(struct ovlcp *o, int dir_fd, int *ret_refusal)
{
	CLEANUP_FD int dir = sys_open(dir_fd, ".", O_PATH | O_DIRECTORY, 0);
	int fd;

	*ret_refusal = 0;
	if (dir < 0)
		return dir;
	fd = layer_on_overlay(dir, session_mount_table, o) == ANSWER_YES
		     ? scratch_open_in_root(o, dir)
		     : sys_open(dir, ".", SCRATCH_FLAGS, SCRATCH_MODE);
	if (fd < 0 && concerns_any_file(-fd))
		*ret_refusal = fd;
	return fd < 0 ? TAKE_FD(dir) : fd;
}

int scratch_match_nocow(int fd, int dir_fd, const char *name)
{
	CLEANUP_FD int model_fd = -EBADF;
	int initial = sys_knows_nocow(fd) ? sys_get_nocow(fd) : -EOPNOTSUPP;
	int flag;

	if (initial < 0)
		return initial;
	model_fd = sys_open(dir_fd, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK, 0);
	flag = model_fd < 0 ? model_fd : sys_get_nocow(model_fd);
	if (flag >= 0 && flag != initial)
		(void)sys_set_nocow(fd, flag);
	return initial;
}
