/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Messages are counted by lines. A message that is not about what was exchanged would be found by
 * other tests; here the number shows that the attack has met the copy.
 */
#include "copy.h"

#include "readers.h"

#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* How long a copy may take, on a busy machine, and how long it is before FIFOs are looked for. */
#define LIMIT_MS 20000
#define STEP_MS	 100

void copier_init(struct copier *c, const struct attack *a)
{
	char top[PATH_MAX];
	size_t n = 0;

	if (!getcwd(top, sizeof(top) - 1))
		die("getcwd");
	strcat(top, "/");
	c->program = a->program;
	c->args[n++] = strdup(a->program);
	for (const char *const *arg = a->mode->args; *arg; arg++, n++)
		if (asprintf(&c->args[n], "%s%s", **arg == '@' ? top : "", *arg + (**arg == '@')) <
		    0)
			die("asprintf");
	c->args[n] = NULL;
	c->err_fd = memfd_create("messages", MFD_CLOEXEC);
	c->null_fd = open("/dev/null", O_RDWR | O_CLOEXEC);
	if (c->err_fd < 0 || c->null_fd < 0)
		die("descriptors");
}

static pid_t start(const struct copier *c)
{
	pid_t pid = fork();

	if (pid < 0)
		die("fork");
	if (pid > 0)
		return pid;
	/* so that there are many copies to be attacked on a busy machine, too */
	(void)setpriority(PRIO_PROCESS, 0, -5);
	if (dup2(c->null_fd, 0) < 0 || dup2(c->null_fd, 1) < 0 || dup2(c->err_fd, 2) < 0)
		_exit(126);
	execv(c->program, c->args);
	_exit(127);
}

/* Waits for the process. Its status; -1 if it had to be stopped. */
static int wait_for(pid_t pid)
{
	int fd = (int)syscall(SYS_pidfd_open, pid, 0);
	struct pollfd p = { .fd = fd, .events = POLLIN };
	struct readers readers = { .count = 0 };
	int ready = 0;
	int status;

	if (fd < 0)
		die("pidfd_open");
	for (int ms = 0; ready == 0 && ms < LIMIT_MS; ms += STEP_MS) {
		ready = poll(&p, 1, STEP_MS);
		if (ready == 0)
			readers_step(&readers);
	}
	if (ready == 0)
		(void)kill(pid, SIGKILL);
	(void)close(fd);
	if (waitpid(pid, &status, 0) != pid)
		die("waitpid");
	readers_end(&readers);
	return ready == 0 ? -1 : status;
}

static unsigned long count_lines(int fd)
{
	char bytes[65536];
	unsigned long lines = 0;
	off_t at = 0;

	for (ssize_t n; (n = pread(fd, bytes, sizeof(bytes), at)) > 0; at += n)
		for (ssize_t i = 0; i < n; i++)
			lines += bytes[i] == '\n';
	return lines;
}

/* Exit status 0 or 1, or stopped; or ended by SIGPIPE as cp: the hostile user may make a FIFO of a
   destination, and close it. */
static bool has_ended_well(int status)
{
	return status == -1 || (WIFEXITED(status) && WEXITSTATUS(status) <= 1) ||
	       (WIFSIGNALED(status) && WTERMSIG(status) == SIGPIPE);
}

void copy_once(struct copier *c, const struct attack *a)
{
	struct shared *s = a->shared;
	int status;

	if (ftruncate(c->err_fd, 0) < 0 || lseek(c->err_fd, 0, SEEK_SET) < 0)
		die("messages");
	status = wait_for(start(c));
	if (!has_ended_well(status))
		breach(a, "the program has ended with status %x", (unsigned int)status);
	atomic_fetch_add(&s->copies, 1);
	atomic_fetch_add(&s->complete, status == 0);
	atomic_fetch_add(&s->stuck, status == -1);
	atomic_fetch_add(&s->messages, count_lines(c->err_fd));
}

bool copy_has_option(const char *program, const char *option)
{
	char *command;
	bool has;

	if (asprintf(&command, "'%s' --help | grep -q -e '%s'", program, option) < 0)
		die("asprintf");
	has = system(command) == 0;
	free(command);
	return has;
}
