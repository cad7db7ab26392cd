/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The same faults in the program that is installed, made by strace(1): by the name of the system
 * call, and without wrappers.
 */
#ifndef TORTURE_STRACE_H
#define TORTURE_STRACE_H

#include "plan.h"

#include <stdbool.h>

enum {
	STRACE_ARGS = 64
};

/** The arguments of strace; all zero at first. */
struct strace_args {
	const char *argv[STRACE_ARGS];
	char trace[600];
	char inject[100];
};

/** Whether the scenario is run under strace: a dozen are. */
bool strace_has(const char *scenario);

/** The arguments that run @argv under @strace; @fault: as of plan_one(), or "count" for none. */
const char *const *strace_wrap(struct strace_args *a, const char *strace, const char *const argv[],
			       const char *fault);

/** Plan the faults for the calls in the @log of strace, but for those of the dynamic linker. */
void strace_plan(struct plan *p, const char *log);

#endif
