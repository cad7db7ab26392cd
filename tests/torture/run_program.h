/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One run of the program.
 */
#ifndef TORTURE_RUN_PROGRAM_H
#define TORTURE_RUN_PROGRAM_H

#include "scenarios.h"

#include <stdbool.h>

enum {
	OUTPUT_MAX = 1 << 17
};

/** What a program did. */
struct outcome {
	/** It ran longer than a minute, and was killed. */
	bool hung;
	/** Its exit status; 128 and the number of the signal that ended it. */
	int status;
	/** Standard error, ended by a NUL byte. */
	char err[OUTPUT_MAX];
	/** What the fault binary wrote about itself, or strace about the program. */
	char log[OUTPUT_MAX];
};

/** How the program gets its input. */
enum input_kind {
	INPUT_FILE,
	INPUT_PIPE,
	/** From the FIFO "src/feed"; standard input is empty. */
	INPUT_FIFO,
};

/**
 * Run @argv, which ends with NULL, in @dir.
 *
 * @fault: the value of OVLCP_FAULT, or NULL. @input: a string, or NULL.
 */
void run_program(struct outcome *ret, const char *const argv[], const char *dir, const char *fault,
		 const char *input, enum input_kind kind);

#endif
