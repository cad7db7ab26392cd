/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A process that opens a file with a lease has to wait, and its holder gets a signal: SIGURG here,
 * which does nothing unless a program wants it to (signal(7)). The lease lasts for two system
 * calls.
 */
#include "sys/openers.h"

#include "sys/descriptor.h"
#include "sys/result.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stddef.h>
#include <sys/inotify.h>
#include <unistd.h>

int sys_is_only_opener(int fd, bool for_writing)
{
	int r = sys_result(fcntl(fd, F_SETSIG, SIGURG));

	if (r == 0)
		r = sys_result(fcntl(fd, F_SETLEASE, for_writing ? F_WRLCK : F_RDLCK));
	return r < 0 ? r : sys_result(fcntl(fd, F_SETLEASE, F_UNLCK));
}

int sys_watch_new(void)
{
	return sys_result(inotify_init1(IN_NONBLOCK | IN_CLOEXEC));
}

int sys_watch_opens(int watch_fd, int fd)
{
	char path[SYS_FD_PATH_SIZE];

	sys_fd_path(fd, path);
	return sys_result(inotify_add_watch(watch_fd, path, IN_OPEN));
}

int sys_watch_opens_of(int watch_fd, const char *path)
{
	return sys_result(inotify_add_watch(watch_fd, path, IN_OPEN | IN_DONT_FOLLOW));
}

int sys_watch_read(int watch_fd, sys_watch_fn *fn, void *payload)
{
	_Alignas(struct inotify_event) char buf[4096];
	ssize_t len;

	while ((len = read(watch_fd, buf, sizeof(buf))) > 0)
		for (ssize_t at = 0; at < len;) {
			const struct inotify_event *e = (const void *)(buf + at);

			if (e->mask & (IN_OPEN | IN_Q_OVERFLOW))
				fn(e->wd, payload);
			at += (ssize_t)(sizeof(*e) + e->len);
		}
	return len < 0 && errno != EAGAIN ? -errno : 0;
}

void sys_watch_end(int watch_fd, int number)
{
	(void)inotify_rm_watch(watch_fd, number); /* the file may be gone, and the watch with it */
}
