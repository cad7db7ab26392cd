/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A pipe or a terminal of COMMAND that stayed open here would keep its reader waiting.
 */
#include "detach.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Close the descriptors from @first to the one before @end one by one, as /proc lists them. */
static void close_listed(int first, int end)
{
	DIR *list = opendir("/proc/self/fd");
	const struct dirent *entry;

	while (list && (entry = readdir(list))) {
		const int fd = atoi(entry->d_name); /* 0 for "." and ".." */

		if (fd >= first && fd < end && fd != dirfd(list))
			(void)close(fd);
	}
	if (list)
		(void)closedir(list);
}

/* Close the descriptors from @first to the one before @end: by close_range(2), which musl lacks, as
   do Linux before 5.9 and the filters of some containers. */
static void close_between(int first, int end)
{
	if (first < end &&
	    syscall(SYS_close_range, (unsigned int)first, (unsigned int)end - 1, 0U) < 0)
		close_listed(first, end);
}

void detach(int a, int b)
{
	const int low = a < b ? a : b;
	const int high = a < b ? b : a;
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	for (int fd = 0; fd < 3; fd++)
		if (null < 0 || dup2(null, fd) < 0)
			(void)close(fd);
	close_between(3, low < 3 ? high : low);
	close_between(low < 3 ? 3 : low + 1, high);
	close_between(high < 3 ? 3 : high + 1, INT_MAX);
	(void)!chdir("/");
}
