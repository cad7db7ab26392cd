/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A pipe or a terminal of COMMAND that stayed open here would keep its reader waiting.
 */
#include "detach.h"

#include <fcntl.h>
#include <limits.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Close the descriptors from @first to the one before @end. close_range(2), which musl lacks. */
static void close_between(int first, int end)
{
	if (first < end)
		(void)syscall(SYS_close_range, (unsigned int)first, (unsigned int)end - 1, 0U);
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
