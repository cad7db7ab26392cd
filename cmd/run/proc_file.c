/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * By the descriptor of the directory: its number may be that of another process by now.
 */
#include "proc_file.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

FILE *proc_file_open(int proc, const char *name)
{
	int fd = openat(proc, name, O_RDONLY | O_CLOEXEC);
	FILE *f = fd < 0 ? NULL : fdopen(fd, "re");
	const int error = errno;

	if (!f && fd >= 0)
		(void)close(fd);
	errno = error;
	return f;
}
