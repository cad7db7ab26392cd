/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Starts a program without fork(2), which takes long here, and waits for its end.
 */
#include "run_program.h"

#include "fail.h"
#include "fault.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	/* nothing here takes a second */
	LIMIT_MS = 60000
};

/* What the child gets. */
struct child_fds {
	int in, out, err, log;
};

static int memory_file(const char *name)
{
	int fd = memfd_create(name, MFD_CLOEXEC);

	if (fd < 0)
		fail("memfd_create");
	return fd;
}

static int open_input(const char *input, enum input_kind kind)
{
	int ends[2];
	size_t len = input ? strlen(input) : 0;
	int fd;

	if (!input || kind == INPUT_FIFO)
		return open("/dev/null", O_RDONLY | O_CLOEXEC);
	if (kind == INPUT_FILE) {
		fd = memory_file("in");
		if (pwrite(fd, input, len, 0) != (ssize_t)len)
			fail("input");
		return fd;
	}
	if (pipe2(ends, O_CLOEXEC) < 0 || write(ends[1], input, len) != (ssize_t)len)
		fail("pipe");
	close(ends[1]);
	return ends[0];
}

static pid_t start(const char *const argv[], const char *dir, char *const env[],
		   const struct child_fds *fds)
{
	posix_spawn_file_actions_t actions;
	pid_t pid;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addchdir_np(&actions, dir);
	posix_spawn_file_actions_adddup2(&actions, fds->in, 0);
	posix_spawn_file_actions_adddup2(&actions, fds->out, 1);
	posix_spawn_file_actions_adddup2(&actions, fds->err, 2);
	posix_spawn_file_actions_adddup2(&actions, fds->log, FAULT_LOG_FD);
	errno = posix_spawn(&pid, argv[0], &actions, NULL, (char *const *)(uintptr_t)argv, env);
	if (errno != 0)
		fail("start %s", argv[0]);
	posix_spawn_file_actions_destroy(&actions);
	return pid;
}

/* A FIFO that is full of input, until the program opens it, too; then it has an end. */
struct feed {
	int fd;
	int watch;
};

static void feed_open(struct feed *f, const char *dir, const char *input)
{
	char path[600];

	snprintf(path, sizeof(path), "%s/src/feed", dir);
	f->fd = open(path, O_RDWR | O_CLOEXEC);
	f->watch = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	if (f->fd < 0 || f->watch < 0 || inotify_add_watch(f->watch, path, IN_OPEN) < 0 ||
	    write(f->fd, input, strlen(input)) != (ssize_t)strlen(input))
		fail("%s", path);
}

static void feed_close(struct feed *f)
{
	if (f->fd >= 0)
		close(f->fd);
	if (f->watch >= 0)
		close(f->watch);
	*f = (struct feed){ -1, -1 };
}

static void wait_for(struct outcome *ret, pid_t pid, struct feed *feed)
{
	struct pollfd p[] = { { .fd = (int)syscall(SYS_pidfd_open, pid, 0), .events = POLLIN },
			      { .fd = feed->watch, .events = POLLIN } };
	int status;
	int n;

	if (p[0].fd < 0)
		fail("pidfd_open");
	n = poll(p, 2, LIMIT_MS);
	if (n > 0 && p[1].revents) {
		feed_close(feed);
		n = poll(p, 1, LIMIT_MS);
	}
	ret->hung = n == 0;
	if (ret->hung)
		kill(pid, SIGKILL);
	close(p[0].fd);
	if (waitpid(pid, &status, 0) != pid)
		fail("waitpid");
	ret->status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

static void take_text(int fd, char *ret)
{
	ssize_t n = pread(fd, ret, OUTPUT_MAX - 1, 0);

	ret[n > 0 ? n : 0] = '\0';
	close(fd);
}

void run_program(struct outcome *ret, const char *const argv[], const char *dir, const char *fault,
		 const char *input, enum input_kind kind)
{
	char variable[100];
	const char *asan = getenv("ASAN_OPTIONS");
	char sanitizers[200];
	char *const env[] = { (char[]){ "LC_ALL=C" },		(char[]){ "TZ=UTC" },
			      (char[]){ "PATH=/usr/bin:/bin" }, sanitizers,
			      fault ? variable : NULL,		NULL };
	struct child_fds fds = { .in = open_input(input, kind),
				 .out = open("/dev/null", O_WRONLY | O_CLOEXEC),
				 .err = memory_file("err"),
				 .log = memory_file("log") };
	struct feed feed = { -1, -1 };

	if (fds.in < 0 || fds.out < 0)
		fail("/dev/null");
	snprintf(variable, sizeof(variable), "OVLCP_FAULT=%s", fault ? fault : "");
	snprintf(sanitizers, sizeof(sanitizers), "ASAN_OPTIONS=%s", asan ? asan : "");
	if (kind == INPUT_FIFO)
		feed_open(&feed, dir, input);
	wait_for(ret, start(argv, dir, env, &fds), &feed);
	feed_close(&feed);
	take_text(fds.err, ret->err);
	take_text(fds.log, ret->log);
	close(fds.in);
	close(fds.out);
}
