/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The output of the oracle: differences, and counts of them.
 */
#ifndef ORACLE_REPORT_H
#define ORACLE_REPORT_H

#include "known.h"
#include "pair.h"

/* Counts of comparisons; each worker has its own. */
struct tally {
	/* All comparisons. */
	unsigned long pairs;
	/* Those with a difference that is not known. */
	unsigned long differences;
	/* Those with known differences only. */
	unsigned long known;
	/* The same for each row of the table of known differences. */
	unsigned long rows[KNOWN_MAX];
	/* Those in which cp exited with 0. */
	unsigned long succeeded;
	/* Those in which both programs waited for a FIFO. */
	unsigned long blocked;
	/* Those that differ only because of the order of inodes. */
	unsigned long nondeterministic;
	/* Those whose sandboxes could not be made with their inodes in the same order. */
	unsigned long disordered;
};

/* Counts one comparison. */
void tally_add(struct tally *tally, const struct pair *pair);

/* Adds the counts of another worker. */
void tally_merge(struct tally *tally, const struct tally *other);

/* Writes the counts to standard output. */
void tally_print(const struct tally *tally);

/* Appends a description of how the results of a pair differ. */
void report_pair(struct text *t, const struct pair *pair, const struct config *config,
		 const struct setup *setup, uint64_t seed);

/* Writes a text to standard output in one call, so that workers do not interleave, and frees it. */
void report_print(struct text *take_text);

#endif
