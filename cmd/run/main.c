/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ovl-run: runs a command, and copies up what it clones from a lower layer of an overlay.
 *
 * A tour of this directory, in the order in which a call uses the files:
 *   options.def    the list of options
 *   options.c      parses the command line, prints --help
 *   report.c       --report
 *   launch.c       becomes COMMAND, with a supervisor beside it
 *   check.c        --check: whether it would be helped
 *   obstacle.c     why it cannot be
 *   filter.c       which calls of COMMAND stop
 *   preload.c      --method=preload: a library instead
 *   loadable.c     whether COMMAND can load it
 *   find_command.c where COMMAND is
 *   profile.c      --print-profile
 *   ioctl_ranges.c its rules for ioctl
 *   agent.c        --agent: supervisors of containers
 *   listener.c     the descriptor by which calls are answered, on its way
 *   detach.c       what a supervisor lets go
 * in the supervisor:
 *   supervise.c    processes that answer the calls
 *   help_call.c    what is done about one call
 *   request.c      what the call asks for
 *   caller.c       the descriptors and the memory of its process
 *   files.c        the two files
 *   sendfile_range.c what a clone shares in place of a sendfile
 *   copy_up.c      the copy-up
 *   rights.c       the rights of the caller, which are taken on
 *   proc_file.c    files of its process in /proc
 *   confine.c      no code of the caller's files is run meanwhile
 * ../preload/ is the library; calls.c there has a tour.
 * ../ has what all commands use. The copy-up is ovlcp_copy_up_fd of lib/, behind ovlcp.h.
 * docs/decisions/0025-help-from-outside.md says why it is done like this.
 */
#include "agent.h"
#include "check.h"
#include "diag.h"
#include "json.h"
#include "launch.h"
#include "options.h"
#include "profile.h"
#include "run/report.h"
#include "stdfd.h"
#include "version.h"

#include <errno.h>
#include <fcntl.h>

/* Open the report that @o asks for, NULL without one. 0, or DIAG_FAILURE after a message; a report
   of the environment that cannot be opened is left out after the message. */
static int open_report(const struct run_options *o, struct run_report **ret_r)
{
	int e = o->report ? run_report_open(o->report, o->report_append ? 0 : O_TRUNC, ret_r) : 0;

	if (e == 0)
		return 0;
	if (e == -ENOPKG)
		(void)diag_failure(0, "--report needs " JSON_MISSING);
	else
		(void)diag_failure_about(-e, "cannot open the report", o->report);
	return o->report_append ? 0 : DIAG_FAILURE;
}

static int run(const struct run_options *o)
{
	struct run_report *report = NULL;
	int status;

	if (o->check)
		return check_help(o);
	if (o->profile)
		return profile_print(o) ? LAUNCH_FAILURE : 0;
	if (open_report(o, &report))
		return LAUNCH_FAILURE;
	status = o->agent ? agent_run(o, report) : launch(o, report);
	run_report_close(report);
	return status;
}

int main(int argc, char *argv[])
{
	struct run_options o;
	int status = 0;

	diag_set_program(argv[0], "ovl-run");
	if (stdfd_reserve() || run_options_parse(argc, argv, &o))
		return LAUNCH_FAILURE;
	if (o.help)
		run_options_help();
	else if (o.version)
		version_print("ovl-run", VERSION_OVL_RUN);
	else
		status = run(&o);
	return diag_close_output(status);
}
