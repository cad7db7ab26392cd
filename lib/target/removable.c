/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A directory that the caller may write to does not let all its names be removed: the rules are
 * those of may_delete (fs/namei.c).
 */
#include "target/removable.h"

#include "sys/process.h"
#include "sys/status.h"
#include "sys/statx.h"

#include <errno.h>
#include <fcntl.h>

/* Whether @name has one of the attributes @any (SYS_STATX_IMMUTABLE, ...); not if that is unknown.
 */
static bool has_attribute(int dir_fd, const char *name, uint64_t any)
{
	struct sys_statx stx;

	return sys_statx(dir_fd, name, AT_SYMLINK_NOFOLLOW, 0, &stx) == 0 && (stx.attributes & any);
}

int removable_check(int dir_fd, const char *name)
{
	struct stat dir;
	struct stat st;
	int r = sys_stat(dir_fd, ".", true, &dir);

	if (r == 0)
		r = sys_stat(dir_fd, name, false, &st);
	if (r < 0)
		return r;
	if ((dir.st_mode & S_ISVTX) && !sys_owns(dir.st_uid) && !sys_owns(st.st_uid))
		return -EPERM;
	if (has_attribute(dir_fd, ".", SYS_STATX_APPEND_ONLY) ||
	    has_attribute(dir_fd, name, SYS_STATX_APPEND_ONLY | SYS_STATX_IMMUTABLE))
		return -EPERM;
	return 0;
}
