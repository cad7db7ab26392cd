/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * COMMAND is executed in the process that was started: so its status, signals, terminal and jobs
 * are those that it would have had. The supervisor is no child of it, as one that waits for all
 * children (strace, with __WALL) would wait for it, too: its own parent ends at once. Only where it
 * would come back to COMMAND, as the reaper of orphans, it stays a child that wait(2) does not see
 * without __WALL, as it sends no signal at its end (clone(2), "The child termination signal"). It
 * is in a session of its own, and has no descriptor of COMMAND's open.
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
#include <stdbool.h>
#include <string.h>
#include <sys/prctl.h>
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

/* A child that sends no signal at its end. As fork(2). */
static pid_t fork_without_signal(void)
{
	return (pid_t)syscall(SYS_clone, 0UL, NULL, NULL, NULL, NULL);
}

/* Whether processes whose parent ends become children of this one. */
static bool is_reaper(void)
{
	int is_set = 0;

	return getpid() == 1 || prctl(PR_GET_CHILD_SUBREAPER, &is_set, 0, 0, 0) < 0 || is_set;
}

/* Fork a process that is no child of this one, unless it would come back as that. 0 in that
   process; 1 in this one, or -errno. */
static int fork_apart(void)
{
	const bool stays = is_reaper();
	pid_t child = fork_without_signal();
	pid_t grandchild;
	int status;

	if (child < 0)
		return -errno;
	if (stays)
		return child > 0;
	if (child == 0) {
		grandchild = fork_without_signal();
		if (grandchild == 0)
			return 0;
		_exit(grandchild < 0 ? errno : 0);
	}
	if (waitpid(child, &status, __WALL) < 0)
		return -errno;
	return WIFEXITED(status) && WEXITSTATUS(status) ? -WEXITSTATUS(status) : 1;
}

/* Start the supervisor. @ret_socket: to send it the listener by. 0, or -errno. */
static int start_supervisor(const struct run_options *o, struct run_report *report, int *ret_socket)
{
	int ends[2];
	int r;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0)
		return -errno;
	r = fork_apart();
	if (r == 0) {
		(void)close(ends[0]);
		be_supervisor(ends[1], o, report);
	}
	(void)close(ends[1]);
	*ret_socket = ends[0];
	return r < 0 ? r : 0;
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

int launch_refused(int error, const char *name)
{
	(void)diag_failure_about(error, "cannot execute", name);
	return error == ENOENT || error == ENOTDIR ? 127 : 126;
}

/* Execute the command. Returns only on failure, as launch_refused. */
static int execute(char *const *command)
{
	execvp(command[0], command);
	return launch_refused(errno, command[0]);
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
