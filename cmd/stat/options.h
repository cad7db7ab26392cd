/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The command line of ovl-stat, parsed.
 */
#ifndef OVL_STAT_OPTIONS_H
#define OVL_STAT_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

/** What ovl-stat prints. */
enum stat_mode {
	/** A block, or an object in JSON, for each file. */
	STAT_FILES,
	/** --matrix. */
	STAT_MATRIX,
	/** --map. */
	STAT_MAP,
};

/** A valid command line. */
struct stat_options {
	/** --map, --matrix, or neither. */
	enum stat_mode mode;
	/** --json. */
	bool json;
	/** --help. */
	bool help;
	/** --version. */
	bool version;
	/** The operands; owned. */
	char **operands;
	/** Number of operands. */
	size_t operand_count;
};

/**
 * Read the command line. @ret_o: set in every case, to be freed with stat_options_done.
 * Returns 0, or the exit status after a message.
 */
int stat_options_parse(int argc, char *argv[], struct stat_options *ret_o);

/** Free the operands. */
void stat_options_done(struct stat_options *o);

/** Print --help to standard output. */
void stat_options_help(void);

#endif
