/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ovl-cp: copy files so that they share their data, also out of lower layers of an overlay.
 *
 * A tour, in the order in which a call goes through the files:
 *   options.def    every option, once          optlist.c      ... as an array
 *   normalize.c    plain arguments for popt    options.c      what was asked for
 *   option_rules.c rules between options       help.c         --help
 *   argmatch.c     values such as auto, 16M    dests.c        lists of destinations
 *   operands.c     which form of the command line it is, and the calls of the library
 *   events.c       the readers of events        report_text.c  ... as text
 *   explain.c      --explain                   fallback.c     --fallback
 *   record_builder.c events as files           report.c       where --report goes
 *   report_json.c  files as JSON               report_tsv.c ... as text
 *   json.c         libjansson                  base64.c, errname.c  what it has no words for
 *   messages.c     events in plain words       hints.c        what can be done
 *   methods.c      words for methods           diag.c         messages
 *   quote.c        names in messages           prompt.c       the question of -i
 *   wrap.c, human.c, terminal.c                 lines and numbers for people
 * Everything about copying is in lib/, behind ovlcp.h.
 */
#include "diag.h"
#include "events.h"
#include "help.h"
#include "operands.h"
#include "options.h"
#include "prompt.h"
#include "report.h"
#include "version.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* For the signal handler, which gets no argument of ours. */
static struct ovlcp *session;
static volatile sig_atomic_t got_signal;

static const int ends[] = { SIGHUP, SIGINT, SIGTERM };

static void on_signal(int number)
{
	got_signal = number;
	ovlcp_cancel(session);
}

/* Signals that end us remove the unfinished file first; system calls are interrupted. */
static void catch_signals(void)
{
	struct sigaction act = { .sa_handler = on_signal };

	sigemptyset(&act.sa_mask);
	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
		struct sigaction old;

		if (sigaction(ends[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
			sigaction(ends[i], &act, NULL);
	}
	/* a limit on the size of files is an error to report, not a reason to die half-way */
	signal(SIGXFSZ, SIG_IGN);
}

/* End as the signal would have ended us, so that a calling shell sees it. */
static void die_of(int number)
{
	signal(number, SIG_DFL);
	raise(number);
}

static int copy(struct options *o)
{
	struct event_readers event_readers = {
		.o = o,
		.explain.fan_out = o->fan_out,
		.fallback.mode = o->fallback,
	};
	int status = report_open(o, &event_readers.report);

	if (status)
		return status;
	if (ovlcp_new(&session) < 0)
		return report_close(event_readers.report, diag_no_memory(), 0);
	ovlcp_on_event(session, events_dispatch, &event_readers);
	ovlcp_on_question(session, prompt_overwrite, o);
	catch_signals();
	status = operands_copy(session, o);
	status = events_finish(&event_readers, status, got_signal);
	if (got_signal) {
		fflush(stdout);
		die_of(got_signal);
	}
	session = ovlcp_free(session);
	return status;
}

int main(int argc, char *argv[])
{
	struct options o;
	int status = options_parse(argc, argv, &o);

	if (status == 0 && o.help)
		help_print();
	else if (status == 0 && o.version)
		version_print("ovl-cp");
	else if (status == 0)
		status = copy(&o);
	options_done(&o);
	return diag_flush_stdout(status);
}
