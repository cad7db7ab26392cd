/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ovl-cp: copies files so that they share their data, also out of lower layers of an overlay.
 *
 * A tour of this directory, in the order in which a call uses the files. From arguments to options:
 *   options.def       the list of options
 *   optlist.c         the same as an array
 *   normalize.c       completes abbreviations and splits clusters, for popt
 *   options.c         parses the options into struct options
 *   keywords.c        the keywords that options accept
 *   argmatch.c        matches keywords, parses sizes
 *   environment.c     environment variables that stand for options
 *   option_rules.c    rules about combinations of options
 *   remember_dir.c    the directory of --remember, and --forget
 *   help.c            --help
 *   help_option.c     its lines, as all commands print them
 *   similar.c         which option an unknown one may mean
 *   version.c         --version
 * From operands to copies by the library:
 *   operands.c        recognizes the form of the command line, calls the library
 *   dests.c           lists of destinations
 *   prompt.c          the question of -i
 *   signals.c         SIGINT and others end a copy without an unfinished file
 *   status.c          what was done so far
 *   status_signal.c   SIGUSR1 prints it
 *   progress_thread.c --progress draws it
 *   progress.c        its line of text
 * From events of the library to text:
 *   events.c          the callback, which passes an event to its readers
 *   report_text.c     -v, --debug, failures and warnings
 *   explain.c         --explain
 *   mount_library.c   a warning where it can tell little
 *   fallback.c        --fallback
 *   stats.c           --stats
 *   repeats.c         messages that stand for many files
 * and to a report:
 *   report.c          --report: its lines
 *   report_file.c     the file, which must not be one that the copy uses
 *   record_builder.c  collects events in records, one for each destination
 *   record.c          a record
 *   record_fields.c   the table of its fields
 *   summary.c         counts and sums
 *   report_json.c     both as JSON
 *   report_tsv.c      both as text
 *   errname.c         names of errors
 *   json.c            libjansson
 *   base64.c          file names that are not UTF-8
 * What all of these use:
 *   diag.c            prints messages
 *   messages.c        the library's texts about events, with names quoted
 *   quote.c           quotes file names
 *   human.c           sizes such as 3.0 MiB
 *   text.c            text without stdio, for signal handlers
 *   terminal.c        the width of a line, and whether it can be drawn
 *   wrap.c            folds lines
 *   columns.c         columns that text takes on a terminal
 *   stdfd.c           keeps files off the descriptors 0 to 2
 * Everything about copying is in lib/, behind ovlcp.h. stat/ is the command ovl-stat.
 */
#include "diag.h"
#include "environment.h"
#include "events.h"
#include "help.h"
#include "mount_library.h"
#include "operands.h"
#include "options.h"
#include "progress_thread.h"
#include "prompt.h"
#include "remember_dir.h"
#include "report.h"
#include "signals.h"
#include "status_signal.h"
#include "stdfd.h"
#include "version.h"

/* Copy, and report. Does not return if a signal ended the copy. Returns the exit status. */
static int run(struct ovlcp *session, struct options *o, const struct operands *operands,
	       struct event_readers *readers)
{
	int status;

	ovlcp_on_event(session, events_dispatch, readers);
	ovlcp_on_question(session, prompt_overwrite, o);
	signals_catch(session);
	status_begin(&readers->status, session);
	status_signal_catch(&readers->status);
	progress_start(o, operands, &readers->status);
	status = operands_copy(session, o, operands);
	progress_stop();
	status_signal_release();
	status = events_finish(readers, status);
	signals_release();
	if (signals_caught())
		signals_die_of(signals_caught());
	return status;
}

static int copy(struct options *o)
{
	struct event_readers readers = {
		.o = o,
		.explain.fan_out = o->fan_out,
		.explain.is_summary = o->summary,
		.explain.makes_holes = o->copy.sparse == OVLCP_SPARSE_ALWAYS,
		.fallback.mode = o->fallback,
	};
	struct ovlcp *session = NULL;
	struct operands operands;
	int status = operands_read(o, &operands);

	if (status == 0 && o->explain)
		mount_library_check();
	if (status == 0 && ovlcp_new(&session) < 0)
		status = diag_no_memory();
	if (status == 0)
		status = report_open(o, &operands, session, &readers.report);
	if (status == 0)
		status = run(session, o, &operands, &readers);
	ovlcp_free(session);
	operands_done(&operands);
	return status;
}

static void print_version(const struct options *o)
{
	version_print("ovl-cp", VERSION_OVL_CP);
	environment_print(o, "From the environment: ");
}

int main(int argc, char *argv[])
{
	struct options o = { .help = false };
	int status;

	diag_set_program(argv[0], "ovl-cp");
	status = stdfd_reserve();
	if (status == 0)
		status = options_parse(argc, argv, &o);
	if (status == 0 && o.help)
		help_print();
	else if (status == 0 && o.version)
		print_version(&o);
	else if (status == 0 && o.forget)
		status = remember_dir_forget(&o);
	else if (status == 0)
		status = copy(&o);
	options_done(&o);
	return diag_close_output(status);
}
