/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One comparison: both programs, run in equal trees.
 */
#ifndef ORACLE_PAIR_H
#define ORACLE_PAIR_H

#include "compare.h"

/* What the command line of the oracle says about every comparison. */
struct config {
	/* GNU cp. */
	struct program cp;
	/* The program under test. */
	struct program ovl;
	/* The directory in which sandboxes are made. */
	const char *scratch;
	/* The user who makes the files, and the one who runs the programs. */
	struct people people;
	/* The parts that are compared, flags 1 << PART_. */
	unsigned int wanted;
	/* The limit of one run in seconds: of CPU time, and of time without any. */
	unsigned int limit;
	/* Whether the sandboxes of a difference are kept, and the script of their files is printed.
	 */
	bool keep;
	/* Whether each command is printed. */
	bool verbose;
};

/* Two runs with one setup. */
struct pair {
	/* What cp did. */
	struct result cp;
	/* What ovl-cp did. */
	struct result ovl;
	/* The parts that differ, flags 1 << PART_. */
	unsigned int differ;
	/* Whether the table of known differences allows all of them. */
	bool known;
	/* The rows of the table that do, flags 1 << row. */
	uint64_t rows;
	/* Whether they differed only because of the order of inodes; then @differ is 0. */
	bool nondeterministic;
	/* Whether the inodes of both sandboxes have the same order, in which cp copies entries. */
	bool same_order;
};

/*
 * Makes the tree of @setup twice below the directory @pair_dir, which must not exist, runs a
 * program in each, and compares the results.
 */
void pair_run(struct pair *ret_pair, const struct config *config, const struct setup *setup,
	      const char *pair_dir);

/* Frees what pair_run() allocated; the files remain. */
void pair_done(struct pair *pair);

#endif
