/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The options and operands of one call, parsed.
 */
#ifndef OVL_CMD_OPTIONS_H
#define OVL_CMD_OPTIONS_H

#include "fallback.h"
#include "optlist.h"
#include "ovlcp.h"

#include <stdbool.h>
#include <stdint.h>

/** The values of --report-format. */
enum report_format {
	/** An object in JSON on each line. */
	REPORT_JSON = 0,
	/** Fields separated by tabs. */
	REPORT_TEXT,
};

/** The values of --explain. */
enum explain_form {
	/** A block for each file, and totals. */
	EXPLAIN_FILES = 0,
	/** Totals only. */
	EXPLAIN_SUMMARY,
};

/** The values of --progress. */
enum progress_mode {
	/** Without the option: nothing is shown. */
	PROGRESS_NEVER = 0,
	/** If standard error is a terminal. */
	PROGRESS_AUTO,
	/** Always. */
	PROGRESS_ALWAYS,
};

/** One field for each option. All-zero, but for copy.size, is the default. Strings are borrowed
 * from argv. */
struct options {
	/** How to copy, for the library. */
	struct ovlcp_options copy;
	/** --fan-out. */
	bool fan_out;
	/** --copy-up-only. */
	bool copy_up_only;
	/** --dedupe. */
	bool dedupe;
	/** --dedupe-within. */
	bool dedupe_within;
	/** -L, -H or -P, also as part of -a or -d: overrides the default of -R. */
	bool follow_given;
	/** --copy-contents; implied without -R. */
	bool copy_contents;
	/** -b, --backup, -S. */
	bool backup;
	/** -l. */
	bool hard_link;
	/** -s. */
	bool symbolic_link;
	/** --strip-trailing-slashes. */
	bool strip_slashes;
	/** -a: no messages about extended attributes and contexts that cannot be preserved. */
	bool quiet_losses;
	/** -Z or --context, if the kernel has security contexts. */
	bool new_context;
	/** Attributes named by --preserve, whose loss is a failure: OR of enum ovlcp_preserve. */
	uint32_t named;
	/** CONTROL of --backup; NULL if it was not given. */
	const char *backup_control;
	/** -T. */
	bool no_target_directory;
	/** -v, --debug, or --explain in its long form. */
	bool verbose;
	/** --debug. */
	bool debug;
	/** --fallback. */
	enum fallback_mode fallback;
	/** --explain or --dry-run. */
	bool explain;
	/** --explain=summary: no text about single files. */
	bool summary;
	/** --progress. */
	enum progress_mode progress;
	/** --stats. */
	bool stats;
	/** FILE of --report, "-" for standard output; NULL without. */
	const char *report;
	/** --report-format. */
	enum report_format report_format;
	/** Whether --report-format was given. */
	bool report_format_given;
	/** Whether the report is added to the file: it was asked for by the environment. */
	bool report_append;
	/** Directory that --remember names; NULL if it names none. */
	const char *remember_dir;
	/** The directory that is used instead; owned. */
	char *default_remember_dir;
	/** --forget. */
	bool forget;
	/** Which options were given. */
	bool given[OPT_END];
	/** --help. */
	bool help;
	/** --version. */
	bool version;
	/** DIRECTORY of -t, or NULL. */
	const char *target_directory;
	/** FILE of --dests-from or --dests0-from, or NULL. */
	const char *dests_from;
	/** The delimiter of names in that file: a newline or a NUL byte. */
	char dests_end;
	/** Operands, owned as a list; the strings are borrowed. */
	const char **operands;
	/** Number of operands. */
	int operand_count;
};

/**
 * Read the command line. @ret_o: set in every case, to be freed with options_done.
 * Returns 0, or the exit status after a message.
 */
int options_parse(int argc, char *const argv[], struct options *ret_o);

/** Free what @o owns. */
void options_done(struct options *o);

#endif
