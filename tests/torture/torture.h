/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The work: each scenario with each fault.
 */
#ifndef TORTURE_TORTURE_H
#define TORTURE_TORTURE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

enum {
	SCENARIOS_MAX = 128,
	FUNCTIONS_MAX = 256,
	NAME_ROOM = 32,
};

/** What was asked for. */
struct settings {
	/** The program, and for --strace the program strace. */
	const char *binary;
	const char *strace;
	/** The directory that the filesystems are mounted in. */
	const char *lab;
	/** Every call, and not some of those that a scenario makes often. */
	bool all;
	/** The only scenario and the only fault, or NULL. */
	const char *scenario;
	const char *fault;
	uint64_t seed;
	int workers;
};

/** What became of a scenario. */
struct result {
	atomic_long injected;
	atomic_long allocations;
	atomic_long losses;
};

/** What became of a function. */
struct function_result {
	char name[NAME_ROOM];
	atomic_long injected;
};

/** The results, in memory that all workers share. */
struct results {
	struct result scenarios[SCENARIOS_MAX];
	struct function_result functions[FUNCTIONS_MAX];
	int function_count;
};

/** Do the part of the work that is that of the worker @number. */
void torture_worker(const struct settings *s, int number, struct results *r);

#endif
