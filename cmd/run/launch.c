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
#include "find_command.h"
#include "listener.h"
#include "preload.h"
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
		return "another seccomp listener is active already (ovl-run, or the "
		       "agent of a container)";
	case EINVAL:
	case ENOSYS:
		return "the kernel has no user notification of seccomp (Linux 5.5 and later)";
	case EACCES:
	case EPERM:
		return "seccomp filters are not permitted here";
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

/* Why each way is not possible; NULL: it is, or it was not tried. */
struct obstacles {
	const char *seccomp;
	const char *preload;
};

/* Whether nothing else is tried after -errno @r, and nothing is said. */
static bool is_final(int r)
{
	return r == -EBUSY || r == -ECANCELED;
}

/* Try the filter. 0: COMMAND is helped; or -errno, -EBUSY: another program answers its calls,
   -ECANCELED: no file is to be copied up. */
static int try_seccomp(const struct run_options *o, struct run_report *report,
		       struct obstacles *ret)
{
	int r = -ECANCELED;

	if (o->copy.copy_up != OVLCP_COPY_UP_NEVER) {
		if (o->method == RUN_METHOD_PRELOAD)
			return -ENOTSUP;
		r = install(o, report);
	}
	if (r < 0)
		ret->seccomp = why(-r);
	return r;
}

/* Try the library. 0: COMMAND is helped; or -errno. */
static int try_preload(const struct run_options *o, struct obstacles *ret)
{
	int r = -ENOTSUP;

	if (o->method == RUN_METHOD_SECCOMP)
		return r;
	ret->preload = preload_obstacle(o->command[0]);
	if (!ret->preload)
		r = preload_prepare(o);
	if (!ret->preload && r < 0)
		ret->preload = strerror(-r);
	return r;
}

/* Print that COMMAND, or what it is to be, is not helped. */
static void print_obstacles(const char *before, const char *name, const char *after,
			    const struct obstacles *no)
{
	(void)diag_failure(0, "%s%s %s: %s%s%s", before, name, after,
			   no->seccomp ? no->seccomp : "", no->seccomp && no->preload ? "; " : "",
			   no->preload ? no->preload : "");
}

int launch(const struct run_options *o, struct run_report *report)
{
	struct obstacles no = { NULL, NULL };
	int r = try_seccomp(o, report, &no);

	if (r < 0 && !is_final(r))
		r = try_preload(o, &no);
	if (r < 0 && o->require) {
		print_obstacles("", o->command[0], "cannot be helped", &no);
		return LAUNCH_FAILURE;
	}
	if (r < 0 && !is_final(r))
		print_obstacles("warning: ", o->command[0], "runs without help", &no);
	return execute(o->command);
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

/* Print whether each way is possible. */
static void print_methods(const struct obstacles *no)
{
	if (no->seccomp)
		printf("seccomp: not possible: %s\n", no->seccomp);
	else
		printf("seccomp: possible%s\n",
		       can_be_traced() ? ""
				       : ", but not in sendfile and FICLONERANGE: other processes "
					 "cannot be traced from here (kernel.yama.ptrace_scope)");
	if (no->preload)
		printf("preload: not possible: %s\n", no->preload);
	else
		printf("preload: possible\n");
}

/* Print by which of the possible ways COMMAND would be helped. @r: of the filter, 0 or -errno.
   Whether it would be. */
static bool print_choice(const struct run_options *o, int r, const struct obstacles *no)
{
	const bool by_seccomp = r == 0 && o->method != RUN_METHOD_PRELOAD;
	const bool by_preload = !no->preload && (o->method == RUN_METHOD_PRELOAD ||
						 (o->method == RUN_METHOD_AUTO && !is_final(r)));

	if (by_seccomp || by_preload)
		printf("%s would be helped by %s\n", o->command[0],
		       by_seccomp ? "seccomp" : "preload");
	else
		printf("%s would run without help: %s\n", o->command[0],
		       o->method == RUN_METHOD_PRELOAD ? no->preload : no->seccomp);
	return by_seccomp || by_preload;
}

int launch_check(const struct run_options *o)
{
	const bool is_off = o->copy.copy_up == OVLCP_COPY_UP_NEVER;
	const int r = is_off ? -ECANCELED : try_filter();
	struct obstacles no = { .seccomp = r < 0 ? why(-r) : NULL };
	char *file = find_command(o->command[0]);
	bool is_helped;

	if (!file) {
		(void)diag_failure_about(ENOENT, "cannot execute", o->command[0]);
		return 127;
	}
	free(file);
	no.preload = is_off ? no.seccomp : preload_obstacle(o->command[0]);
	is_helped = print_choice(o, r, &no);
	if (!is_off)
		print_methods(&no);
	return !is_helped;
}
