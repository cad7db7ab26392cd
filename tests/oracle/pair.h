/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef ORACLE_PAIR_H
#define ORACLE_PAIR_H

#include "compare.h"

/* What was asked for on the command line. */
struct setup {
	/* GNU cp, and what it is called. */
	struct program cp;
	/* The program that is tested. */
	struct program ovl;
	/* Where sandboxes are made. */
	const char *scratch;
	/* For whom. */
	struct people people;
	/* The parts to be compared, flags 1 << PART_. */
	unsigned int wanted;
	/* How many seconds one run may take. */
	unsigned int limit;
	/* Whether the sandboxes of a difference stay, and what they were made of is shown. */
	bool keep;
	/* Whether each command is shown. */
	bool verbose;
};

/* Two runs of one scene. */
struct pair {
	/* What cp did. */
	struct result cp;
	/* What the program did. */
	struct result ovl;
	/* The parts that differ, flags 1 << PART_. */
	unsigned int differ;
	/* Whether all of them are known. */
	bool known;
	/* By which rows of the table, flags 1 << row. */
	uint64_t rows;
	/* Whether they differ, but as the order of inodes wants; then @differ is 0. */
	bool unsteady;
	/* Whether the sandboxes have their inodes in the same order, which decides that of a copy.
	 */
	bool same_order;
};

/* Makes @scene twice below the directory @place, which is new, runs both programs, and compares. */
void pair_run(struct pair *ret_pair, const struct setup *setup, const struct scene *scene,
	      const char *place);

/* Frees what pair_run() made. */
void pair_done(struct pair *pair);

#endif
