/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * COMMAND is executed in the process that was started: so its status, signals, terminal and jobs
 * are those that it would have had. The supervisor is a child of it that wait(2) does not see, as
 * it sends no signal at its end (clone(2), "The child termination signal"), in a session of its
 * own, and with no descriptor of COMMAND's open.
 */
#include "launch.h"

#include "caller.h"
#include "confine.h"
#include "detach.h"
#include "diag.h"
#include "filter.h"
#include "listener.h"
#include "supervise.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* In the supervisor: wait for the listener, and answer calls. Does not return. */
static _Noreturn void be_supervisor(int socket, const struct run_options *o,
				    struct run_report *report)
{
	const struct help_policy policy = { .copy = o->copy, .report = report };
	int listener;

	(void)setsid();
	(void)signal(SIGPIPE, SIG_IGN);
	listener = listener_receive(socket);
	if (listener < 0)
		_exit(0); /* there is no filter */
	confine_load_libraries();
	detach(listener, run_report_fd(report));
	_exit(supervise(listener, &policy) < 0);
}

/* Start the supervisor. @ret_socket: to send it the listener by. 0, or -errno. */
static int start_supervisor(const struct run_options *o, struct run_report *report, int *ret_socket)
{
	int ends[2];
	long pid;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0)
		return -errno;
	pid = syscall(SYS_clone, 0UL, NULL, NULL, NULL, NULL); /* no signal at its end */
	if (pid == 0) {
		(void)close(ends[0]);
		be_supervisor(ends[1], o, report);
	}
	(void)close(ends[1]);
	*ret_socket = ends[0];
	return pid < 0 ? -errno : 0;
}

/* Why the filter cannot be installed. */
static const char *why(int error)
{
	switch (error) {
	case EBUSY:
		return "another program answers the calls of this one already (ovl-run, or the "
		       "agent of a container)";
	case EINVAL:
	case ENOSYS:
		return "the kernel has no user notification of seccomp (Linux 5.5 and later)";
	case EACCES:
	case EPERM:
		return "a filter is not permitted here";
	case ECANCELED:
		return "--copy-up=never forbids it";
	default:
		return strerror(error);
	}
}

/* Install the filter, and start who answers. 0, or -errno. */
static int install(const struct run_options *o, struct run_report *report)
{
	int socket = -1;
	int r = start_supervisor(o, report, &socket);
	int listener = r < 0 ? r : filter_install();

	r = listener < 0 ? listener : listener_send(socket, listener);
	if (listener >= 0)
		(void)close(listener); /* without a supervisor calls fail instead of waiting */
	if (socket >= 0)
		(void)close(socket);
	return r;
}

/* Execute the command. Returns only on failure: 126 or 127, after a message. */
static int execute(char *const *command)
{
	int error;

	execvp(command[0], command);
	error = errno;
	(void)diag_failure_about(error, "cannot execute", command[0]);
	return error == ENOENT || error == ENOTDIR ? 127 : 126;
}

int launch(const struct run_options *o, struct run_report *report)
{
	int r = o->copy.copy_up == OVLCP_COPY_UP_NEVER ? -ECANCELED : install(o, report);

	if (r < 0 && o->require) {
		(void)diag_failure(0, "%s cannot be helped: %s", o->command[0], why(-r));
		return LAUNCH_FAILURE;
	}
	if (r < 0 && r != -EBUSY && r != -ECANCELED)
		(void)diag_failure(0, "warning: %s runs without help: %s", o->command[0], why(-r));
	return execute(o->command);
}

/* Whether @name is found as execvp(3) does. */
static bool is_found(const char *name)
{
	char *path = getenv("PATH") ? strdup(getenv("PATH")) : NULL;
	char *rest = path;
	bool found = false;

	if (strchr(name, '/')) {
		free(path);
		return access(name, X_OK) == 0;
	}
	for (char *dir = strsep(&rest, ":"); dir && !found; dir = strsep(&rest, ":")) {
		int fd = open(*dir ? dir : ".", O_PATH | O_DIRECTORY | O_CLOEXEC);

		found = fd >= 0 && faccessat(fd, name, X_OK, 0) == 0;
		if (fd >= 0)
			(void)close(fd);
	}
	free(path);
	return found;
}

/* Try to install the filter in a child. 0, or -errno. */
static int try_filter(void)
{
	pid_t child = fork();
	int status = 0;

	if (child == 0) {
		int r = filter_install();

		_exit(r < 0 ? -r : 0);
	}
	if (child < 0 || waitpid(child, &status, 0) < 0)
		return -errno;
	return WIFEXITED(status) ? -WEXITSTATUS(status) : -EINTR;
}

/* Whether a supervisor of this process could get its descriptors. */
static bool can_be_traced(void)
{
	const pid_t parent = getpid();
	pid_t child = fork();
	int status = 0;

	if (child == 0) {
		struct caller c;
		bool is_traced = caller_open(parent, &c) == 0 &&
				 caller_file(&c, STDERR_FILENO, O_RDONLY).is_duplicate;

		_exit(is_traced ? 0 : 1);
	}
	return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

int launch_check(const struct run_options *o)
{
	int r = o->copy.copy_up == OVLCP_COPY_UP_NEVER ? -ECANCELED : try_filter();

	if (!is_found(o->command[0])) {
		(void)diag_failure_about(ENOENT, "cannot execute", o->command[0]);
		return 127;
	}
	if (r == 0)
		printf("%s would be helped%s\n", o->command[0],
		       can_be_traced() ? ""
				       : ", but not in sendfile and FICLONERANGE: other processes "
					 "cannot be traced from here (kernel.yama.ptrace_scope)");
	else
		printf("%s would run without help: %s\n", o->command[0], why(-r));
	return r < 0;
}
