/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the user asked for.
 */
#ifndef OVL_CMD_OPTIONS_H
#define OVL_CMD_OPTIONS_H

#include "fallback.h"
#include "ovlcp.h"

#include <stdbool.h>
#include <stdint.h>

/** What a report looks like. */
enum report_format {
	/** An object in JSON on each line. */
	REPORT_JSON = 0,
	/** Fields with tabs between them. */
	REPORT_TEXT,
};

/** The options and operands of one call. Strings are borrowed from argv. */
struct options {
	/** How to copy, for the library. */
	struct ovlcp_options copy;
	/** --fan-out. */
	bool fan_out;
	/** -L, -H or -P, also as part of -a or -d: the default of -R does not count. */
	bool follow_given;
	/** --copy-contents; without -R contents are copied anyway. */
	bool copy_contents;
	/** -b, --backup, -S. */
	bool backup;
	/** -l. */
	bool hard_link;
	/** -s. */
	bool symbolic_link;
	/** --strip-trailing-slashes. */
	bool strip_slashes;
	/** -a: attributes that cannot be kept are not worth a message. */
	bool quiet_losses;
	/** -Z, --context, where the kernel has security contexts. */
	bool new_context;
	/** Attributes that were named, so that losing them is a failure: enum ovlcp_preserve. */
	uint32_t named;
	/** CONTROL of --backup; NULL or "" if it was not given. */
	const char *backup_control;
	/** -T. */
	bool no_target_directory;
	/** -v, and --debug. */
	bool verbose;
	/** --debug. */
	bool debug;
	/** --fallback. */
	enum fallback_mode fallback;
	/** --explain: nothing is copied. */
	bool explain;
	/** File of --report, "-" for standard output; NULL if there is no report. */
	const char *report;
	/** --report-format. */
	enum report_format report_format;
	/** --report-format was given. */
	bool report_format_given;
	/** --help. */
	bool help;
	/** --version. */
	bool version;
	/** Directory of -t, or NULL. */
	const char *target_directory;
	/** File of --dests-from or --dests0-from, or NULL. */
	const char *dests_from;
	/** What ends a name in it: a newline or a NUL byte. */
	char dests_end;
	/** Operands, owned as a list; the strings are borrowed. */
	const char **operands;
	/** Number of operands. */
	int operand_count;
};

/**
 * Read the command line. @ret_o: filled in every case, to be freed with options_done.
 * Returns 0, or the exit status after a message.
 */
int options_parse(int argc, char *const argv[], struct options *ret_o);

/** Free the list of operands. */
void options_done(struct options *o);

#endif
