/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What two programs did to equal trees, and in which parts they differ.
 */
#ifndef ORACLE_COMPARE_H
#define ORACLE_COMPARE_H

#include "run.h"

/* The parts of a result that are compared separately. */
enum part {
	/* The dump of the files. */
	PART_TREE,
	/* How the program ended: its exit status, or a signal. */
	PART_STATUS,
	/* The set of file names in messages on standard error. */
	PART_NAMES,
	/* Whether anything was written to standard error. */
	PART_HAS_STDERR,
	/* The lines of standard output. */
	PART_STDOUT,
	/* The lines of standard error. */
	PART_STDERR,
	/* The number of parts. */
	PARTS,
};

/* What one program did. */
struct result {
	/* The lines of each part, sorted. */
	struct lines part[PARTS];
	/* Whether it was killed because it waited for the other end of a FIFO. */
	bool blocked;
	/* Its exit status, or 128 plus the signal. */
	int status;
};

/* What is compared: the input of both programs, and the result of each. */
struct comparison {
	/* The files and the command line. */
	const struct setup *setup;
	/* What cp did. */
	const struct result *cp;
	/* What ovl-cp did. */
	const struct result *ovl;
};

/* The name of a part, for --compare. */
const char *part_name(enum part part);

/* The flag, 1 << PART_, of the part whose name is the @len bytes at @name; 0 if there is none. */
unsigned int part_flag(const char *name, size_t len);

/* Reads the result of a run in the sandbox @dir; @holes: also which blocks of a file are holes. */
void result_init(struct result *r, const struct outcome *outcome, const char *dir,
		 const struct program *program, bool holes);

/* Frees what result_init() allocated. */
void result_done(struct result *r);

/* Returns the parts of @wanted in which the results differ; both are flags, 1 << PART_. */
unsigned int result_differences(const struct result *a, const struct result *b,
				unsigned int wanted);

/* True if a line of standard error contains @piece. */
bool result_stderr_has(const struct result *r, const char *piece);

#endif
