/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What was asked for on the command line of ovl-stat.
 */
#ifndef OVL_STAT_OPTIONS_H
#define OVL_STAT_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

/** What is shown. */
enum stat_mode {
	/** Each file. */
	STAT_FILES,
	/** Whether and how a file could be cloned into a directory. */
	STAT_MATRIX,
	/** What files have in common. */
	STAT_MAP,
};

/** A command line that makes sense. */
struct stat_options {
	enum stat_mode mode;
	/** --json */
	bool json;
	/** --help */
	bool help;
	/** --version */
	bool version;
	/** Files, in their order; released by stat_options_done. */
	char **operands;
	/** Number of them. */
	size_t operand_count;
};

/** Read the command line. Returns 0, or the exit status after a message. */
int stat_options_parse(int argc, char *argv[], struct stat_options *ret_o);

/** Release what stat_options_parse made, on failure too. */
void stat_options_done(struct stat_options *o);

/** Print --help. */
void stat_options_help(void);

#endif
