/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The command line of ovl-run, parsed.
 */
#ifndef OVL_RUN_OPTIONS_H
#define OVL_RUN_OPTIONS_H

#include "ovlcp.h"

#include <stdbool.h>

/** How calls are helped. */
enum run_method {
	/** By a filter; where that is not possible, by a library. */
	RUN_METHOD_AUTO,
	/** By a filter with user notification (seccomp(2)). */
	RUN_METHOD_SECCOMP,
	/** By a library in the program (LD_PRELOAD, ld.so(8)). */
	RUN_METHOD_PRELOAD,
};

/** A valid command line. Strings are borrowed from it, or from the environment. */
struct run_options {
	/** --copy-up, --copy-up-min: how files are copied up. */
	struct ovlcp_options copy;
	/** The file of --report, or of the environment; NULL: none. */
	const char *report;
	/** The report is a default of the environment: it is appended to, and may fail. */
	bool report_append;
	/** --method. */
	enum run_method method;
	/** --require. */
	bool require;
	/** --agent: the socket; NULL: none. */
	const char *agent;
	/** --print-profile: the file to change, "" for none; NULL: it is not asked for. */
	const char *profile;
	/** --check. */
	bool check;
	/** --help. */
	bool help;
	/** --version. */
	bool version;
	/** COMMAND and its arguments, ended by NULL; no COMMAND: its first is NULL. */
	char *const *command;
};

/**
 * Read the command line, and the environment for what it does not say: OVL_CP_COPY_UP,
 * OVL_CP_COPY_UP_MIN, OVL_CP_REPORT. The first argument that is no option is COMMAND.
 * @ret_o: set in every case. Returns 0, or DIAG_FAILURE after a message.
 */
int run_options_parse(int argc, char *const argv[], struct run_options *ret_o);

/** Print --help to standard output. */
void run_options_help(void);

#endif
