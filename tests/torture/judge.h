/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the program promises about a run in which something failed.
 */
#ifndef TORTURE_JUDGE_H
#define TORTURE_JUDGE_H

#include "run_program.h"
#include "snapshot.h"

#include <stdbool.h>

/** A fault, and the run that it happened in. */
struct trial {
	const struct scenario *scenario;
	/** The function that failed, and how: "clone", "EXDEV"; the errno, or 0. */
	const char *function;
	const char *failure;
	int error;
	/** Differences that this failure may make without a word. */
	unsigned int lost;
	/** Whether the log must end as that of the fault binary does. */
	bool has_log;
	const struct outcome *outcome;
	/** "dst" before the run, after one without a fault, and after this one. */
	const struct snapshot *before, *expected, *after;
};

enum {
	LOSS_TEXT = 2000
};

/** Whether every promise was kept; if not, @ret has a line for each that was not. */
bool judge(const struct trial *t, char ret[LOSS_TEXT]);

#endif
