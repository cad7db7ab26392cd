/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ovl-run: runs a command, and copies up what it clones from a lower layer of an overlay.
 *
 * A tour of this directory, in the order in which a call uses the files:
 *   options.def    the list of options
 *   options.c      parses the command line, prints --help
 *   report.c       --report
 *   launch.c       becomes COMMAND, with a supervisor beside it; --check
 *   filter.c       which calls of COMMAND stop
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
 *   confine.c      no code of the caller's files is run meanwhile
 * ../ has what all commands use. The copy-up is ovlcp_copy_up_fd of lib/, behind ovlcp.h.
 * docs/decisions/0025-help-from-outside.md says why it is done like this.
 */
#include "agent.h"
#include "diag.h"
#include "launch.h"
#include "options.h"
#include "profile.h"
#include "run/report.h"
#include "stdfd.h"
#include "version.h"

static int run(const struct run_options *o)
{
	struct run_report *report = NULL;
	int status;

	if (o->check)
		return launch_check(o);
	if (o->profile)
		return profile_print(o) ? LAUNCH_FAILURE : 0;
	if (run_report_open(o, &report))
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
		version_print("ovl-run");
	else
		status = run(&o);
	return diag_flush_stdout(status);
}
