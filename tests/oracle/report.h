/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef ORACLE_REPORT_H
#define ORACLE_REPORT_H

#include "known.h"
#include "pair.h"

/* What is counted; each worker has its own. */
struct tally {
	/* Comparisons. */
	unsigned long pairs;
	/* Those that differ, unless it is known why. */
	unsigned long differences;
	/* Those that differ, and it is known why. */
	unsigned long known;
	/* Of these, for each row. */
	unsigned long rows[KNOWN_MAX];
	/* Those in which cp was content. */
	unsigned long content;
	/* Those in which both waited for a FIFO. */
	unsigned long blocked;
	/* Those that differ, but as the order of inodes wants. */
	unsigned long unsteady;
	/* Those whose sandboxes could not be made alike. */
	unsigned long disordered;
};

/* Counts a comparison. */
void tally_add(struct tally *tally, const struct pair *pair);

/* Adds what another one has counted. */
void tally_join(struct tally *tally, const struct tally *other);

/* Writes the sums to standard output. */
void tally_print(const struct tally *tally);

/* Adds how the results of a pair differ. */
void report_pair(struct text *t, const struct pair *pair, const struct setup *setup,
		 const struct scene *scene, uint64_t seed);

/* Writes a text to standard output at once, so that those of several workers do not mix. */
void report_print(struct text *take_text);

#endif
