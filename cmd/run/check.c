/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Each way is tried in a child, so that nothing of it stays.
 */
#include "check.h"

#include "caller.h"
#include "diag.h"
#include "filter.h"
#include "find_command.h"
#include "launch.h"
#include "obstacle.h"
#include "preload.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

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
	const bool by_preload =
		!no->preload && (o->method == RUN_METHOD_PRELOAD ||
				 (o->method == RUN_METHOD_AUTO && !obstacle_is_final(r)));

	if (by_seccomp || by_preload)
		printf("%s would be helped by %s\n", o->command[0],
		       by_seccomp ? "seccomp" : "preload");
	else
		printf("%s would run without help: %s\n", o->command[0],
		       o->method == RUN_METHOD_PRELOAD ? no->preload : no->seccomp);
	return by_seccomp || by_preload;
}

int check_help(const struct run_options *o)
{
	const bool is_off = o->copy.copy_up == OVLCP_COPY_UP_NEVER;
	struct obstacles no = { .seccomp = NULL };
	char *file = find_command(o->command[0]);
	bool is_helped;
	int r = -ECANCELED;

	if (!file)
		return launch_refused(errno, o->command[0]);
	free(file);
	(void)signal(SIGCHLD, SIG_DFL); /* while it is ignored children cannot be waited for */
	if (!is_off)
		r = try_filter();
	no.seccomp = r < 0 ? obstacle_of_filter(-r) : NULL;
	no.preload = is_off ? no.seccomp : preload_obstacle(o->command[0]);
	is_helped = print_choice(o, r, &no);
	if (!is_off)
		print_methods(&no);
	return !is_helped;
}
