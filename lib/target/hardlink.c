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
#include "sys/sys.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

int hardlink_open_parent(int at_fd, const struct copied_dest *e, bool follow, const char **ret_name)
{
	const int flags = O_PATH | O_DIRECTORY;
	const char *name = e->path + e->named_len;
	CLEANUP_FREE char *named = e->named_len ? strndup(e->path, e->named_len) : strdup(".");
	CLEANUP_FD int fd = named ? sys_open(at_fd, named, flags, 0) : -ENOMEM;

	for (const char *end; fd >= 0 && (end = strchr(name, '/')); name = end + 1) {
		CLEANUP_FREE char *dir = strndup(name, (size_t)(end - name));
		int next = dir ? sys_open(fd, dir, flags | (follow ? 0 : O_NOFOLLOW), 0) : -ENOMEM;

		fd_drop(&fd);
		fd = next;
	}
	*ret_name = name;
	return TAKE_FD(fd);
}
