/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef ORACLE_RUN_H
#define ORACLE_RUN_H

#include "scene.h"

#include <time.h>

/* A program to be run. */
struct program {
	/* Where it is, an absolute path. */
	const char *path;
	/* What it is called as, and begins its messages with. */
	const char *name;
};

/* How a run ends. */
enum run_end {
	/* By itself. */
	RUN_EXITED,
	/* By a signal. */
	RUN_KILLED,
	/* By the time limit. */
	RUN_CUT,
	/* By us, waiting for somebody to open the other end of a FIFO. */
	RUN_BLOCKED,
};

/* What a run left, besides its files. */
struct outcome {
	/* How it ended. */
	enum run_end end;
	/* Its exit status, or the signal. */
	int status;
	/* Its standard output. */
	struct text out;
	/* Its standard error. */
	struct text err;
	/* When it began; a file of it cannot be older. */
	struct timespec began;
	/* When it had ended. */
	struct timespec ended;
};

/* Runs @program with the command of @scene in @dir, for at most @limit seconds. */
void run_program(struct outcome *ret_outcome, const struct program *program,
		 const struct scene *scene, const char *dir, const struct people *people,
		 unsigned int limit);

/* Frees what run_program() made. */
void outcome_done(struct outcome *outcome);

#endif
