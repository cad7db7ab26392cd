/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Command lines that between them make every system call of the program.
 */
#ifndef TORTURE_SCENARIOS_H
#define TORTURE_SCENARIOS_H

#include "lab.h"

/** What is true of a scenario. */
enum scenario_flag {
	/** The order of calls, and how many they are, is not the same each time: threads, and what
	    depends on the tick of the clock that a file was changed in. */
	SCENARIO_VARIES = 1u << 0,
	/** An existing destination is removed first: it may be missing after a failure. */
	SCENARIO_REMOVES = 1u << 1,
	/** What existed has to be there, under its own name or that of a backup. */
	SCENARIO_BACKUP = 1u << 2,
	/** Standard input is a pipe, not a file. */
	SCENARIO_PIPE = 1u << 3,
	/** The FIFO "src/feed" is fed with the input. */
	SCENARIO_FIFO = 1u << 5,
	/** An existing destination is replaced as a whole, or not at all. */
	SCENARIO_ATOMIC = 1u << 4,
	/** An earlier call has copied "src/file" to "dst/first" and recorded that. */
	SCENARIO_RECORDED = 1u << 6,
};

/** A command line, and what it finds. */
struct scenario {
	const char *name;
	enum place place;
	/** Arguments without the name of the program, separated by spaces. */
	const char *args;
	/** Makes "src". */
	lab_fill_fn *source;
	/** Makes "dst"; NULL: it is empty. */
	lab_fill_fn *before;
	/** Standard input, or NULL. */
	const char *input;
	/** A set of enum scenario_flag. */
	unsigned int flags;
	/** A set of enum difference that this option loses without a word; see the manual. */
	unsigned int lossy;
};

extern const struct scenario scenarios[];
extern const int scenario_count;

#endif
