/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The name that /proc has for a listener is that of its anonymous inode, which no file can have.
 */
#include "listener.h"

#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define LISTENER_NAME "anon_inode:seccomp notify"

/* Descriptors that a message may carry: those of a container (its runtime may send others, too). */
#define FDS_MAX 16

/* Bytes of a message: the state of a container. */
#define MESSAGE_MAX ((size_t)256 << 10)

int listener_send(int socket, int fd)
{
	union {
		char bytes[CMSG_SPACE(sizeof(int))];
		struct cmsghdr align;
	} control = { { 0 } };
	struct iovec data = { (char[]){ 0 }, 1 };
	struct msghdr m = { .msg_iov = &data,
			    .msg_iovlen = 1,
			    .msg_control = &control,
			    .msg_controllen = sizeof(control) };
	struct cmsghdr *c = CMSG_FIRSTHDR(&m);

	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(c), &fd, sizeof(fd));
	return sendmsg(socket, &m, MSG_NOSIGNAL) < 0 ? -errno : 0;
}

static bool is_listener(int fd)
{
	char link[sizeof("/proc/self/fd/") + 3 * sizeof(int)];
	char name[sizeof(LISTENER_NAME)];
	ssize_t len;

	(void)snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	len = readlink(link, name, sizeof(name));
	return len == (ssize_t)strlen(LISTENER_NAME) &&
	       memcmp(name, LISTENER_NAME, (size_t)len) == 0;
}

/* Keep the only listener of the @n descriptors @fds, and close the rest. It, or -ENODATA. */
static int choose(const int *fds, size_t n)
{
	int found = -ENODATA;
	int count = 0;

	for (size_t i = 0; i < n; i++) {
		bool take = is_listener(fds[i]) && ++count == 1;

		if (take)
			found = fds[i];
		else
			(void)close(fds[i]);
	}
	if (count > 1) {
		(void)close(found);
		return -ENODATA;
	}
	return found;
}

int listener_receive(int socket)
{
	static char message[MESSAGE_MAX];
	union {
		char bytes[CMSG_SPACE(FDS_MAX * sizeof(int))];
		struct cmsghdr align;
	} control;
	struct iovec data = { message, sizeof(message) };
	struct msghdr m = { .msg_iov = &data,
			    .msg_iovlen = 1,
			    .msg_control = &control,
			    .msg_controllen = sizeof(control) };
	int fds[FDS_MAX];
	size_t n = 0;

	if (recvmsg(socket, &m, MSG_CMSG_CLOEXEC) < 0)
		return -errno;
	for (struct cmsghdr *c = CMSG_FIRSTHDR(&m); c; c = CMSG_NXTHDR(&m, c)) {
		size_t count = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);

		if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS ||
		    count > FDS_MAX - n)
			continue;
		memcpy(fds + n, CMSG_DATA(c), count * sizeof(int));
		n += count;
	}
	return choose(fds, n);
}
