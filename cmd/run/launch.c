/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * COMMAND is executed in the process that was started: so its status, signals, terminal and jobs
 * are those that it would have had. The supervisor is a child of it that wait(2) does not see, as
 * it sends no signal at its end (clone(2), "The child termination signal"), in a session of its
 * own, and with no descriptor of COMMAND's open.
 */
#include "launch.h"

#include "confine.h"
#include "detach.h"
#include "diag.h"
#include "filter.h"
#include "listener.h"
#include "obstacle.h"
#include "preload.h"
#include "supervise.h"

#include "base/errno_text.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
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
		ret->seccomp = obstacle_of_filter(-r);
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
		ret->preload = errno_text(-r);
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

	if (r < 0 && !obstacle_is_final(r))
		r = try_preload(o, &no);
	if (r < 0 && o->require) {
		print_obstacles("", o->command[0], "cannot be helped", &no);
		return LAUNCH_FAILURE;
	}
	if (r < 0 && !obstacle_is_final(r))
		print_obstacles("warning: ", o->command[0], "runs without help", &no);
	return execute(o->command);
}
