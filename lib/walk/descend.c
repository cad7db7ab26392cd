/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Another process may put a symbolic link in the place of a directory at any time (O_NOFOLLOW).
 */
#include "walk/descend.h"

#include "base/fd.h"
#include "sys/descriptor.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

int descend(int fd, const char *path, bool follow, const char **ret_name)
{
	const int flags = O_PATH | O_DIRECTORY | (follow ? 0 : O_NOFOLLOW);

	for (const char *end; fd >= 0 && (end = strchr(path, '/')); path = end + 1) {
		CLEANUP_FREE char *name = strndup(path, (size_t)(end - path));
		int next = name ? sys_open(fd, name, flags, 0) : -ENOMEM;

		fd_drop(&fd);
		fd = next;
	}
	*ret_name = path;
	return fd;
}
