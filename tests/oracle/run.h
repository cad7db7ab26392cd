/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Runs one program in a sandbox.
 */
#ifndef ORACLE_RUN_H
#define ORACLE_RUN_H

#include "setup.h"

#include <time.h>

/* A program to run. */
struct program {
	/* Its absolute path. */
	const char *path;
	/* Its argv[0], with which its messages begin. */
	const char *name;
};

/* How a run ended. */
enum run_end {
	/* The program exited. */
	RUN_EXITED,
	/* A signal killed the program. */
	RUN_KILLED,
	/* The program was killed because it exceeded the time limit. */
	RUN_CUT,
	/* The program was killed because it waited for the other end of a FIFO to be opened. */
	RUN_BLOCKED,
};

/* The result of a run, without its files. */
struct outcome {
	/* How it ended. */
	enum run_end end;
	/* The exit status, or the signal. */
	int status;
	/* What it wrote to standard output. */
	struct text out;
	/* What it wrote to standard error. */
	struct text err;
	/* The time of its start on the clock of file times; a file that it wrote is not older. */
	struct timespec began;
	/* The time after its end. */
	struct timespec ended;
};

/* Runs @program with the command of @setup in @dir, for at most @limit seconds of CPU time, and as
 * long without any. */
void run_program(struct outcome *ret_outcome, const struct program *program,
		 const struct setup *setup, const char *dir, const struct people *people,
		 unsigned int limit);

/* Frees what run_program() allocated. */
void outcome_done(struct outcome *outcome);

#endif
